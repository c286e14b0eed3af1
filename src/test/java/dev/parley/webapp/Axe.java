package dev.parley.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
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
        assertThat(page.frames()).as("frames of the page").hasSize(1);
        AxeRunOptions options = new AxeRunOptions();
        // All rules are applied. What fits to them is not described.
        options.setResultTypes(List.of("violations"));
        return new AxeBuilder(page)
                        .options(options)
                        // What is found in one frame needs no second page that puts it together with that of others.
                        .setLegacyMode(true)
                        .analyze()
                        .getViolations()
                        .stream()
                        .flatMap(Axe::lines)
                        .toList();
    }

    private static Stream<String> lines(Rule rule) {
        return rule.getNodes().stream()
                .map(node -> "%s (%s): %s at %s"
                        .formatted(rule.getId(), rule.getImpact(), rule.getHelp(), node.getTarget()));
    }
}
