package dev.parley;

import dev.parley.message.Body;
import dev.parley.message.Caller;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;

/**
 * A message that a peer wants to send, before it is stored. The observers {@code @Observes @Before Draft} of the application
 * get it one after the other, in the order of their {@code @Priority}:
 *
 * <pre>{@code
 * void mask(@Observes @Before Draft draft) {
 *     if (draft.body() instanceof Body.Text text) {
 *         draft.replace(withoutCardNumbers(text.value()));
 *     }
 * }
 * }</pre>
 *
 * <p>The peer has the permission to send the message to the room. Messages that the application itself sends, also for a user, have no draft.
 *
 * <p>Observers may block. They are called on 16 threads of the application, on several of them at once. If the container has
 * managed threads, these are managed threads with {@code java:comp}. Each message has a request context of its own. The
 * later messages of the same connection wait, and messages of other connections do not. At most 4,096 messages wait for these
 * threads; above that, the peer gets {@link ErrorCode#UNAVAILABLE}.
 *
 * <p>The peer also gets {@link ErrorCode#UNAVAILABLE}, and nothing is stored, if an observer throws, or if all of them together
 * have not ended within the time of the setting {@code parley.draft.timeout}, which is 5 seconds unless it is set. Both are
 * logged. The remaining observers are not called then, and neither are they after {@link #refuse}.
 *
 * <p>A client that got no answer sends its message again under the same id, and the observers get it again. If the first one
 * was stored, the answer is that it was stored, whatever the observers do now.
 *
 * <p>A draft is used only during the call of the observer, on its thread.
 */
public interface Draft {
    /** The peer that sends the message. */
    Caller caller();

    /** The room to which the peer sends the message; a direct room by both ids. */
    RoomName room();

    /** The message, or what an earlier observer has put in its place. */
    Body body();

    /**
     * Stores another content in place of the message. Later observers get this content, and all members, also the sender.
     *
     * @throws ParleyException with {@link ErrorCode#TOO_LARGE} if the content is larger than a message may be, with {@link
     *     ErrorCode#BAD_REQUEST} if it can't be stored. The draft keeps its content then
     * @throws IllegalStateException after the call of the observer
     */
    void replace(Body body);

    /**
     * Stores a text in place of the message.
     *
     * @throws ParleyException as {@link #replace(Body)}, and with {@link ErrorCode#BAD_REQUEST} if the text is empty
     * @throws IllegalStateException after the call of the observer
     */
    default void replace(String text) {
        replace(new Body.Text(text));
    }

    /**
     * Refuses the message: nothing is stored, and the peer gets {@link ErrorCode#FORBIDDEN} with this sentence.
     *
     * @param sentence for the person who wrote the message; 1 to 200 characters
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if the sentence is too short or too long, or is not Unicode
     * @throws IllegalStateException after the call of the observer
     */
    void refuse(String sentence);
}
