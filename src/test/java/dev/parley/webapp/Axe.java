package dev.parley.webapp;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.stream.Stream;

/** What keeps people out: the rules of axe-core, WCAG 2 among them, against a page as it is now. */
final class Axe {
    private Axe() {}

    /**
     * A line for each element that breaks a rule. It is brought in by evaluation, to which the page's policy doesn't
     * apply, so that the page is judged under the headers that everyone gets.
     */
    static List<String> violations(Page page) {
        return new AxeBuilder(page)
                .analyze().getViolations().stream().flatMap(Axe::lines).toList();
    }

    private static Stream<String> lines(Rule rule) {
        return rule.getNodes().stream()
                .map(node -> "%s (%s): %s at %s"
                        .formatted(rule.getId(), rule.getImpact(), rule.getHelp(), node.getTarget()));
    }
}
