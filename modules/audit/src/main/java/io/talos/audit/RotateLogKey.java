package io.talos.audit;

import io.talos.audit.ops.AuditLog;
import io.talos.audit.tree.Entry;
import io.talos.audit.tree.KeyPeriod;
import io.talos.audit.tree.LogGuard;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.LogRows;
import io.talos.audit.tree.SigningKeys;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;
import io.talos.contracts.log.Limits;
import io.talos.contracts.log.NoteKey;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Changes the key that signs the log's checkpoints, in two steps that an operator takes: a key is
 * added and from then on both sign, so that those who know either of them can verify; later the old
 * one is retired, and destroyed.
 *
 * <p>Audited as {@code log.key_added} and {@code log.key_retired}, which name both keys. They tell
 * of nobody, because strangers are shown the first one with its proof; who asked is in the
 * admission of the request.
 *
 * <p>Refuses with: {@link ErrorCode#AUDIT_LOG_HALTED}, {@link ErrorCode#AUDIT_LOG_KEYS_OVERLAP}
 * when two keys sign already or the log had too many, {@link ErrorCode#NOT_FOUND} when no such key
 * signs, {@link ErrorCode#AUDIT_LOG_KEY_NEEDED} when it is the only one, or strangers were not
 * shown yet that the log names the other.
 *
 * <p>Source: docs/decisions/0021-a-log-changes-its-key.md.
 */
@Dependent
public class RotateLogKey {
  private static final int SIGNING_MAX = 2;

  private final LogRows rows;
  private final SigningKeys keys;
  private final LogGuard guard;
  private final WriteEvent writeEvent;
  private final InstantSource clock;

  @Inject
  RotateLogKey(
      LogRows rows, SigningKeys keys, LogGuard guard, WriteEvent writeEvent, InstantSource clock) {
    this.rows = rows;
    this.keys = keys;
    this.guard = guard;
    this.writeEvent = writeEvent;
    this.clock = clock;
  }

  /**
   * What was done.
   *
   * @param key the key that was added or retired
   * @param beside the key that signs with it, or from now on alone
   * @param size the first size whose checkpoint it signs, or does not sign any more
   * @param event the event that says so
   */
  public record Changed(NoteKey key, NoteKey beside, long size, UuidV7 event) {}

  /** Adds a key, which is made here. */
  @Transactional
  public Reading<Changed> add() {
    if (guard.halted().isPresent()) {
      return new Reading.Refused<>(ErrorCode.AUDIT_LOG_HALTED);
    }
    rows.lock();
    LogName log = rows.current().orElseThrow();
    if (log.signing().size() == SIGNING_MAX || log.keys().size() == Limits.LOG_KEYS_MAX) {
      return new Reading.Refused<>(ErrorCode.AUDIT_LOG_KEYS_OVERLAP);
    }
    NoteKey before = log.key();
    Changed added = changed("log.key_added", keys.create(log.origin()), before, log);
    rows.addKey(log, added.key(), added.size(), added.event(), clock.instant());
    AuditLog.keyAdded(added.key().vkey(), before.vkey());
    return new Reading.Found<>(added);
  }

  /**
   * Retires a key.
   *
   * @param id its key id, in hex
   */
  @Transactional
  public Reading<Changed> retire(String id) {
    if (guard.halted().isPresent()) {
      return new Reading.Refused<>(ErrorCode.AUDIT_LOG_HALTED);
    }
    rows.lock();
    LogName log = rows.current().orElseThrow();
    Optional<NoteKey> key =
        log.signing().stream().filter(signing -> signing.id().hex().equals(id)).findFirst();
    if (key.isEmpty()) {
      return new Reading.Refused<>(ErrorCode.NOT_FOUND);
    }
    Optional<NoteKey> beside =
        log.signing().stream().filter(signing -> !signing.equals(key.get())).findFirst();
    if (beside.isEmpty() || !isShown(log)) {
      return new Reading.Refused<>(ErrorCode.AUDIT_LOG_KEY_NEEDED);
    }
    Changed retired = changed("log.key_retired", key.get(), beside.get(), log);
    rows.retireKey(log, retired.key(), retired.size(), retired.event(), clock.instant());
    keys.destroy(retired.key());
    AuditLog.keyRetired(retired.key().vkey(), beside.get().vkey());
    return new Reading.Found<>(retired);
  }

  /** Whether a checkpoint that both signed is published and covers the event that names both. */
  private boolean isShown(LogName log) {
    List<KeyPeriod> named = log.keys().stream().filter(key -> key.added().isPresent()).toList();
    return named
        .get(named.size() - 1)
        .added()
        .flatMap(rows::entryOf)
        .filter(entry -> entry.logId() == log.id())
        .map(Entry::logSeq)
        .flatMap(logSeq -> rows.covering(log, logSeq))
        .filter(log::signed)
        .isPresent();
  }

  private Changed changed(String kind, NoteKey key, NoteKey beside, LogName log) {
    Instant now = clock.instant();
    long size = rows.latest(log).orElseThrow().checkpoint().size() + 1;
    AuditFacts facts =
        AuditFacts.act(
            kind,
            new AuditFacts.Resource("log", log.origin()),
            Json.createObjectBuilder()
                .add("vkey", key.vkey())
                .add("beside_vkey", beside.vkey())
                .add("size", size)
                .build());
    UuidV7 event = writeEvent.write(facts, Optional.empty(), now).eventId();
    return new Changed(key, beside, size, event);
  }
}
