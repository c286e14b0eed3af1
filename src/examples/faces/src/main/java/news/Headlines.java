package news;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.faces.push.PushContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The headlines, newest first. Whoever has the page open sees a new one at once. */
@Named
@ApplicationScoped
public class Headlines {
    private static final int MOST = 20;

    @Inject
    @Push
    PushContext headlines;

    private final List<String> all = new CopyOnWriteArrayList<>();

    public List<String> getAll() {
        return all;
    }

    void publish(String headline) {
        synchronized (all) {
            all.add(0, headline);
            if (all.size() > MOST) {
                all.remove(MOST);
            }
        }
        headlines.send(headline);
    }

    void thank(String author) {
        headlines.send("Thank you, " + author + ".", author);
    }
}
