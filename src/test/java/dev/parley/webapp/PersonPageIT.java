package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who someone is on the page: under a name that is taken, in several tabs, and after others have had the same name. */
class PersonPageIT extends PageSetting {
    private static final Pattern OWN = Pattern.compile(".*\\bown\\b.*");

    @Test
    void whoseNameIsTakenIsToldAndCanChooseAnother() {
        String room = unique("room");
        Visitor sam = inRoom("sam", room);
        Visitor other = visitorNamed(sam.name(), Browser.Screen.PHONE);
        other.joins(room);
        Page page = other.window().page();
        assertThat(page.locator("#why"))
                .hasText("Someone else has the name " + sam.name() + ", or one like it. Here you are " + sam.name()
                        + "-2.");
        assertThat(page.locator("#why")).isInViewport();
        other.window().picture("name-taken-360");
        assertThat(Axe.violations(page)).isEmpty();
        other.message().fill("half a thought");

        other.button("Choose another name").click();
        assertThat(page.getByLabel("Your name")).isFocused();
        String name = unique("tom");
        page.keyboard().type(name);
        page.keyboard().press("Enter");
        assertThat(members(page)).containsText(new String[] {sam.name(), name + " (you)"});
        assertThat(other.open()).hasText(room);
        assertThat(other.message()).hasValue("half a thought");
        assertThat(page.locator("#notice")).isHidden();
    }

    @Test
    void aNameThatWasGivenStaysWhenTheWantedOneIsFree() {
        String room = unique("room");
        Visitor sam = inRoom("sam", room);
        Visitor other = visitorNamed(sam.name(), Browser.Screen.DESKTOP);
        other.joins(room);
        other.button("Stay " + sam.name() + "-2").click();
        Page page = other.window().page();
        assertThat(page.locator("#notice")).isHidden();
        sam.window().page().navigate("about:blank");
        assertThat(members(page)).hasCount(1);

        other.turnsLifecycle();
        other.button("Cut the line").click();
        assertThat(other.step("recovered: true").last()).isAttached();
        assertThat(members(page)).hasText(new String[] {sam.name() + "-2 (you)"});
        page.reload();
        assertThat(members(page)).hasText(new String[] {sam.name() + "-2 (you)"});
        assertThat(page.locator("#notice")).isHidden();
    }

    @Test
    void anotherTabIsTheSamePersonBesideTheFirst() {
        String garden = unique("garden");
        Visitor ann = inRoom("ann", garden);
        Visitor bob = inRoom("bob", garden);
        Page page = ann.window().page();
        Visitor tab = tabOf(ann);
        tab.joins(garden);
        assertThat(members(tab.window().page())).hasText(new String[] {ann.name() + " (you)", bob.name()});

        ann.says("from the first");
        tab.says("from the second");
        for (Visitor each : new Visitor[] {ann, tab}) {
            for (String text : new String[] {"from the first", "from the second"}) {
                assertThat(each.line(ann.name(), text)).hasClass(OWN);
                assertThat(each.line(ann.name(), text)).hasCount(1);
            }
        }
        assertThat(members(bob.window().page())).hasText(new String[] {ann.name(), bob.name() + " (you)"});

        // What is read in one is read in the other.
        tab.joinsToo(unique("kitchen"));
        ann.joinsToo(unique("cellar"));
        bob.says("Do you see me?");
        assertThat(badge(tab, garden)).containsText("1 new");
        assertThat(badge(ann, garden)).containsText("1 new");
        ann.opens(garden);
        assertThat(badge(tab, garden)).not().containsText("new");

        page.close();
        tab.opens(garden);
        tab.says("still here");
        bob.hears(tab, "still here");
        tab.window().page().reload();
        assertThat(tab.line(ann.name(), "from the first")).hasClass(OWN);
        assertThat(tab.line(ann.name(), "from the second")).hasClass(OWN);
        assertThat(members(bob.window().page())).hasText(new String[] {ann.name(), bob.name() + " (you)"});
    }

    @Test
    void aTabThatReturnsLateIsStillTheSamePerson() {
        String room = unique("room");
        Visitor ann = inRoom("ann", room);
        Visitor tab = tabOf(ann);
        tab.joins(room);
        // Each return makes the session's earlier texts old.
        for (int i = 0; i < 3; i++) {
            ann.window().page().reload();
            assertThat(members(ann.window().page())).hasText(new String[] {ann.name() + " (you)"});
        }
        tab.turnsLifecycle();
        tab.button("Cut the line").click();
        assertThat(tab.step("recovered: true").last()).isAttached();
        assertThat(tab.step("hello").last()).isAttached();
        tab.says("here again");
        assertThat(ann.line(ann.name(), "here again")).hasClass(OWN);
        assertThat(tab.window()
                        .page()
                        .evaluate("Object.keys(localStorage).filter(key => key.includes('person')).length"))
                .isEqualTo(1);
    }

    @Test
    void whatAnotherWroteUnderTheSameNameIsNotOnesOwn() {
        String room = unique("room");
        Visitor bob = inRoom("bob", room);
        Visitor ann = inRoom("ann", room);
        ann.says("from the first");
        leaves(ann, bob);

        Visitor second = visitorNamed(ann.name(), Browser.Screen.DESKTOP);
        second.joins(room);
        assertThat(members(second.window().page())).hasText(new String[] {ann.name() + " (you)", bob.name()});
        second.says("from the second");
        assertThat(second.line(ann.name(), "from the second")).hasClass(OWN);
        assertThat(second.line(ann.name(), "from the first")).not().hasClass(OWN);
        assertThat(second.line(ann.name(), "from the second").locator(".head")).isInViewport();
        leaves(second, bob);

        ann.window().page().navigate(server.page().toString());
        assertThat(ann.line(ann.name(), "from the second")).not().hasClass(OWN);
        assertThat(ann.line(ann.name(), "from the first")).hasClass(OWN);
        ann.says("from the first again");
        ann.window().page().reload();
        assertThat(ann.line(ann.name(), "from the first again")).hasClass(OWN);
        assertThat(ann.line(ann.name(), "from the second")).not().hasClass(OWN);
    }

    private void leaves(Visitor who, Visitor witness) {
        who.window().page().navigate("about:blank");
        assertThat(members(witness.window().page())).hasText(new String[] {witness.name() + " (you)"});
    }

    private static Visitor tabOf(Visitor visitor) {
        return new Visitor(visitor.window().tab(), visitor.name());
    }

    private static Locator members(Page page) {
        return page.locator("#members li");
    }

    private static Locator badge(Visitor visitor, String room) {
        return visitor.window().page().locator(".room").filter(new Locator.FilterOptions().setHasText(room));
    }
}
