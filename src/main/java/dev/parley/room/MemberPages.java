package dev.parley.room;

import dev.parley.log.MessageLog;
import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The entries that a member gets: with the bytes of attachments, or with references to them. Pure functions. */
final class MemberPages {
    private MemberPages() {}

    static CompletionStage<Page> read(MessageLog log, Member member, RoomName room, Range range) {
        return member.fetches()
                ? log.readReferences(room, range)
                : log.read(room, range).thenApply(MemberPages::withoutReferences);
    }

    /** The log has references to attachments whose bytes are not kept any more. Members that do not fetch get a text in their place. */
    private static Page withoutReferences(Page page) {
        return page.entries().stream().anyMatch(entry -> entry.body().form() == Body.Form.REFERENCE)
                ? new Page(
                        page.entries().stream().map(Entry::withoutReference).toList(),
                        page.last(),
                        page.more(),
                        page.oldest())
                : page;
    }

    static List<Entry> entriesFor(Member member, List<Entry> entries) {
        return member.fetches() ? withReferences(entries) : entries;
    }

    /** The same list if it has no attachments. */
    static List<Entry> withReferences(List<Entry> entries) {
        return entries.stream().anyMatch(entry -> entry.body().form().isBinary())
                ? entries.stream().map(Entry::withReference).toList()
                : entries;
    }
}
