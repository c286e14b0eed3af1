package dev.parley.log;

import dev.parley.room.Draft;
import java.util.List;

/** What is written in one transaction. */
record Batch(List<Draft> drafts, List<Mark> marks) {}
