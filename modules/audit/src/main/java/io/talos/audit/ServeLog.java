package io.talos.audit;

import io.talos.audit.event.EventRows;
import io.talos.audit.tree.KeyPeriod;
import io.talos.audit.tree.Limits;
import io.talos.audit.tree.LogGuard;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.LogRows;
import io.talos.audit.tree.Loss;
import io.talos.audit.tree.Published;
import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.log.LogOrigin;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.ProofBundle;
import io.talos.contracts.log.Tile;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Serves the public side of the logs: their keys, newest checkpoints and tiles. Each log has a URL
 * prefix of its own, for ever: what caches keep of one is never taken for another's.
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
  private final EventRows events;
  private final LogGuard guard;
  private final ProveKey proveKey;

  @Inject
  ServeLog(LogRows rows, EventRows events, LogGuard guard, ProveKey proveKey) {
    this.proveKey = proveKey;
    this.rows = rows;
    this.events = events;
    this.guard = guard;
  }

  /**
   * What a stranger is told of a log.
   *
   * @param path where the log is served, below the base URL
   * @param keys the keys that sign or signed it, the oldest first
   * @param newest its newest checkpoint; of a stopped log, the last that there is
   * @param losses what the log says of entries that were published and are gone
   */
  public record Served(
      LogName log, String path, List<ToldKey> keys, Published newest, List<Told> losses) {
    /** Copies. */
    public Served {
      keys = List.copyOf(keys);
      losses = List.copyOf(losses);
    }
  }

  /**
   * A key.
   *
   * @param proof that the log named it; empty for the first, and until it is published
   */
  public record ToldKey(KeyPeriod period, Optional<ProofBundle> proof) {}

  /**
   * A loss.
   *
   * @param event the event that says so, whole: nothing in it is personal
   */
  public record Told(Loss loss, JsonObject event) {}

  /** The logs, the one that is written first and those before it after it. */
  @Transactional
  public List<Served> logs() {
    List<Served> served = new ArrayList<>();
    for (LogName log : rows.newest(Limits.LOGS_LISTED)) {
      List<Told> losses = new ArrayList<>();
      for (Loss loss : rows.lossesNotedIn(log)) {
        losses.add(new Told(loss, events.find(loss.eventId()).orElseThrow()));
      }
      List<ToldKey> keys = new ArrayList<>();
      log.keys().forEach(key -> keys.add(new ToldKey(key, proveKey.prove(log, key))));
      String path = LogOrigin.path(log.origin());
      served.add(new Served(log, path, keys, rows.published(log).orElseThrow(), losses));
    }
    return served;
  }

  /**
   * The key that verifies a log's newest checkpoints, the newer one when there are two.
   *
   * @param name of a log that followed a stopped one; empty for the first
   */
  @Transactional
  public Reading<NoteKey> key(Optional<String> name) {
    return log(name)
        .<Reading<NoteKey>>map(log -> new Reading.Found<>(log.key()))
        .orElseGet(() -> new Reading.Refused<>(ErrorCode.NOT_FOUND));
  }

  /** The newest checkpoint of the log that is written. */
  @Transactional
  public Reading<Published> newest() {
    return newest(rows.current());
  }

  /** The newest checkpoint of a log. */
  @Transactional
  public Reading<Published> checkpoint(Optional<String> name) {
    return newest(log(name));
  }

  private Reading<Published> newest(Optional<LogName> log) {
    if (guard.halted().isPresent()) {
      return new Reading.Refused<>(ErrorCode.AUDIT_LOG_HALTED);
    }
    return log.flatMap(rows::published)
        .<Reading<Published>>map(Reading.Found::new)
        .orElseGet(() -> new Reading.Refused<>(ErrorCode.NOT_FOUND));
  }

  /** The bytes of a tile of hashes or of an entry bundle. */
  @Transactional
  public Reading<Bytes> tile(Optional<String> name, Tile tile) {
    if (guard.halted().isPresent()) {
      return new Reading.Refused<>(ErrorCode.AUDIT_LOG_HALTED);
    }
    Optional<LogName> known = log(name);
    if (known.isEmpty()) {
      return new Reading.Refused<>(ErrorCode.NOT_FOUND);
    }
    LogName log = known.get();
    long size = rows.published(log).orElseThrow().checkpoint().size();
    if (tile.widthIn(size) < tile.width()) {
      return new Reading.Refused<>(ErrorCode.NOT_FOUND);
    }
    return new Reading.Found<>(
        tile.level().isPresent()
            ? hashes(rows.tile(log, tile.level().getAsInt(), tile.index()), tile.width())
            : entries(rows.leaves(log, tile.index() * Tile.WIDTH_FULL, tile.width())));
  }

  private Optional<LogName> log(Optional<String> name) {
    Optional<LogName> first = rows.first();
    return name.isEmpty()
        ? first
        : first.flatMap(f -> rows.byOrigin(LogOrigin.named(f.origin(), name.get())));
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
