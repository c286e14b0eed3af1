package dev.parley.testing;

import java.nio.ByteBuffer;
import java.util.List;

/** Tells, in the bytes that a server sends, the frames from what is in them. Not thread-safe. */
final class FrameScan {
    private static final int MAX_HEADER = 10;

    private final List<Scan> scans;
    private final Control control;
    /** Of the header, and then of a control frame: what has come until now. */
    private final ByteBuffer part = ByteBuffer.allocate(MAX_HEADER + 125);

    /** How many bytes of a data frame are still to come. */
    private long left;

    /** Hears control frames. */
    interface Control {
        void came(int opcode, byte[] payload);
    }

    FrameScan(List<Scan> scans, Control control) {
        this.scans = scans;
        this.control = control;
    }

    void read(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (left > 0) {
                int length = (int) Math.min(left, bytes.remaining());
                scan(bytes, length);
                left -= length;
            } else {
                part.put(bytes.get());
                if (part.position() >= 2) {
                    begin();
                }
            }
        }
    }

    private void scan(ByteBuffer bytes, int length) {
        int end = bytes.position() + length;
        for (Scan scan : scans) {
            for (int i = bytes.position(); i < end; i++) {
                scan.next(bytes.get(i));
            }
        }
        bytes.position(end);
    }

    private void begin() {
        int opcode = part.get(0) & 0xF;
        int length = part.get(1) & 0x7F;
        int header = length == 127 ? MAX_HEADER : length == 126 ? 4 : 2;
        if (part.position() < header) {
            return;
        }
        if (opcode < Frame.CLOSE) {
            left = length == 127 ? part.getLong(2) : length == 126 ? part.getShort(2) & 0xFFFF : length;
            part.clear();
        } else if (part.position() == header + length) {
            byte[] payload = new byte[length];
            part.get(header, payload);
            part.clear();
            control.came(opcode, payload);
        }
    }
}
