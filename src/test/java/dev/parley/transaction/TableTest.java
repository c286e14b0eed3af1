package dev.parley.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one read of the table takes, and which rows it promises to have found. */
class TableTest {
    @TempDir
    Path folder;

    private Table table;

    @BeforeEach
    void open() {
        table = new Table(JtaDataSource.h2(folder), "shop");
    }

    @Test
    void aReadTakesSoManyRowsAndSaysHowFarItHasFoundAll() throws Exception {
        table.make();
        List<Long> ids = add(501, 1);
        Table.Rows first = table.oldest();
        assertThat(first.rows().keySet()).containsExactlyElementsOf(ids.subList(0, 500));
        assertThat(first.upTo()).isEqualTo(ids.get(499));
        table.delete(first.rows().keySet());
        Table.Rows second = table.oldest();
        assertThat(second.rows().keySet()).containsExactly(ids.get(500));
        assertThat(second.upTo()).isEqualTo(Long.MAX_VALUE);
        table.delete(second.rows().keySet());
        assertThat(table.oldest()).isEqualTo(new Table.Rows(Map.of(), Long.MAX_VALUE));
    }

    @Test
    void aReadTakesSoManyBytesButOneRowAtLeast() throws Exception {
        table.make();
        List<Long> ids = new ArrayList<>(add(1, 5 << 20));
        ids.addAll(add(3, 2 << 20));
        for (List<Long> expected : List.of(ids.subList(0, 1), ids.subList(1, 3), ids.subList(3, 4))) {
            Table.Rows read = table.oldest();
            assertThat(read.rows().keySet()).containsExactlyElementsOf(expected);
            table.delete(expected);
        }
    }

    @Test
    void nothingCanBeAddedBeforeTheTableIsMade() {
        assertThatThrownBy(() -> add(1, 1)).isInstanceOf(SQLException.class).hasMessageContaining("can't be used yet");
    }

    private List<Long> add(int rows, int bytes) throws Exception {
        List<Long> ids = new ArrayList<>();
        Shop.inTransaction(() -> {
            for (int i = 0; i < rows; i++) {
                ids.add(table.add(new Row("shop", "server", "m-" + i, null, null, null, new byte[bytes])));
            }
        });
        return ids;
    }
}
