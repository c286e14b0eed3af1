package dev.parley.webapp;

import java.net.URI;

/** What the page does everywhere, from the standalone server. */
class PageIT extends PageSetting implements PageConformance {
    @Override
    public Browser browser() {
        return browser;
    }

    @Override
    public URI page() {
        return server.page();
    }

    @Override
    public String server() {
        return "standalone";
    }
}
