package io.talos.audit;

import io.talos.audit.tree.LogGuard;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.LogRows;
import io.talos.audit.tree.Published;
import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.Tile;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Serves the public side of the log that is written: its key, its newest checkpoint and its tiles.
 *
 * <p>Source: C2SP tlog-tiles, "APIs".
 *
 * <p>Refuses with: {@link ErrorCode#NOT_FOUND} for what no published checkpoint covers, {@link
 * ErrorCode#AUDIT_LOG_HALTED}.
 */
@Dependent
public class ServeLog {
  private static final int BYTE = 0xFF;

  private final LogRows rows;
  private final LogGuard guard;

  @Inject
  ServeLog(LogRows rows, LogGuard guard) {
    this.rows = rows;
    this.guard = guard;
  }

  /** The key that verifies the log's checkpoints. */
  @Transactional
  public Reading<NoteKey> key() {
    return rows.current()
        .<Reading<NoteKey>>map(log -> new Reading.Found<>(log.key()))
        .orElseGet(() -> new Reading.Refused<>(ErrorCode.NOT_FOUND));
  }

  /** The newest checkpoint. */
  @Transactional
  public Reading<Published> checkpoint() {
    if (guard.halted().isPresent()) {
      return new Reading.Refused<>(ErrorCode.AUDIT_LOG_HALTED);
    }
    return rows.current()
        .flatMap(rows::latest)
        .<Reading<Published>>map(Reading.Found::new)
        .orElseGet(() -> new Reading.Refused<>(ErrorCode.NOT_FOUND));
  }

  /** The bytes of a tile of hashes or of an entry bundle. */
  @Transactional
  public Reading<Bytes> tile(Tile tile) {
    if (guard.halted().isPresent()) {
      return new Reading.Refused<>(ErrorCode.AUDIT_LOG_HALTED);
    }
    LogName log = rows.current().orElseThrow();
    long size = rows.latest(log).orElseThrow().checkpoint().size();
    if (tile.widthIn(size) < tile.width()) {
      return new Reading.Refused<>(ErrorCode.NOT_FOUND);
    }
    return new Reading.Found<>(
        tile.level().isPresent()
            ? hashes(rows.tile(log, tile.level().getAsInt(), tile.index()), tile.width())
            : entries(rows.leaves(log, tile.index() * Tile.WIDTH_FULL, tile.width())));
  }

  private static Bytes hashes(List<Bytes> stored, int width) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    stored.subList(0, width).forEach(hash -> bytes.writeBytes(hash.toArray()));
    return Bytes.of(bytes.toByteArray());
  }

  private static Bytes entries(List<Bytes> leaves) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Bytes leaf : leaves) {
      bytes.write(leaf.size() >>> Byte.SIZE & BYTE);
      bytes.write(leaf.size() & BYTE);
      bytes.writeBytes(leaf.toArray());
    }
    return Bytes.of(bytes.toByteArray());
  }
}
