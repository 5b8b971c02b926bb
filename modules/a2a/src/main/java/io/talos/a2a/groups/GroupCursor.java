package io.talos.a2a.groups;

import io.talos.a2a.paging.CursorSeal;
import io.talos.contracts.Bytes;
import io.talos.contracts.id.UuidV7;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;

/** How far a reader has come in a group; good for that reader of that group and list only. */
public final class GroupCursor {
  private final CursorSeal seal;
  private final What what;

  /** What a reader goes through. */
  public enum What {
    /** Entries; the place is the last one that was read. */
    ENTRIES,
    /** Events; the place is the next one to read. */
    EVENTS
  }

  /** Cursors of one list under a seal. */
  public GroupCursor(CursorSeal seal, What what) {
    this.seal = seal;
    this.what = what;
  }

  /** The cursor of whoever stands at {@code place}. */
  public String encode(UuidV7 group, String reader, long place) {
    Bytes number = Bytes.of(ByteBuffer.allocate(Long.BYTES).putLong(place).array());
    return seal.seal(purpose(group, reader), number);
  }

  /** The place that {@code cursor} stands for; empty when it was not made for this reader. */
  public Optional<Long> decode(UuidV7 group, String reader, String cursor) {
    return seal.open(purpose(group, reader), Long.BYTES, cursor)
        .map(number -> ByteBuffer.wrap(number.toArray()).getLong());
  }

  private String purpose(UuidV7 group, String reader) {
    String list = what.name().toLowerCase(Locale.ROOT);
    return "talos:group-cursor:v1\n" + list + "\n" + group.text() + "\n" + reader;
  }
}
