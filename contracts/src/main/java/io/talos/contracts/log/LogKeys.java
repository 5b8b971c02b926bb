package io.talos.contracts.log;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * The keys that a verifier trusts to sign one log's checkpoints: one that it was given, and those
 * that the log itself named beside it.
 *
 * <p>A log that changes its key signs with both for a while, and its event {@value #ADDED} names
 * both. Who trusts one of them and has that event's proof under a checkpoint that this one signed,
 * can trust the other as much: the log cannot name another to somebody else without showing two
 * histories.
 *
 * @param all at least one, the first is the one that was given; all named after the same log
 */
public record LogKeys(List<NoteKey> all) {
  /** The kind of the event that names a new key and the one before it. */
  public static final String ADDED = "log.key_added";

  /** In the event's {@code meta}: the key that is added. */
  public static final String KEY = "vkey";

  /** In the event's {@code meta}: the key that signed before. */
  public static final String BESIDE = "beside_vkey";

  /** Copies; refuses keys of several logs. */
  public LogKeys {
    all = List.copyOf(all);
    Check.that(!all.isEmpty(), "a verifier trusts a key");
    Check.atMost(all.size(), Limits.LOG_KEYS_MAX, "the keys of a log");
    String name = all.get(0).name();
    Check.that(all.stream().allMatch(key -> key.name().equals(name)), "the keys are of one log");
  }

  /** One key, and no other yet. */
  public static LogKeys of(NoteKey given) {
    return new LogKeys(List.of(given));
  }

  /** Keys of several logs, in the order in which the logs come first. */
  public static List<LogKeys> byLog(List<NoteKey> keys) {
    return keys.stream()
        .collect(Collectors.groupingBy(NoteKey::name, LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(LogKeys::new)
        .toList();
  }

  /** The log's origin. */
  public String origin() {
    return all.get(0).name();
  }

  /** The first of the keys that signed {@code note}. */
  public Optional<NoteKey> signerOf(SignedNote note) {
    return all.stream().filter(note::isSignedBy).findFirst();
  }

  /**
   * With the keys that the log named beside these, the later and the earlier ones: for proofs from
   * any time of the log.
   *
   * @param proofs bundles of events {@value #ADDED}, in any order; what proves nothing of this log,
   *     or is vouched for by no key that is trusted, adds none
   */
  public LogKeys joined(List<Bytes> proofs) {
    return learned(proofs, LogKeys::both);
  }

  /**
   * With the keys that came after these: for what is signed from now on. An earlier key may be
   * retired because somebody stole it.
   *
   * @param proofs as {@link #joined} takes them
   */
  public LogKeys followed(List<Bytes> proofs) {
    return learned(proofs, LogKeys::later);
  }

  private LogKeys learned(List<Bytes> proofs, BiFunction<LogKeys, Named, Optional<LogKeys>> trust) {
    SchemaLibrary schemas = new SchemaLibrary();
    LogKeys known = this;
    List<Bytes> left = new ArrayList<>(proofs);
    for (boolean more = true; more; ) {
      more = false;
      for (Bytes proof : List.copyOf(left)) {
        LogKeys before = known;
        Optional<LogKeys> learned =
            before.proved(proof, schemas).flatMap(named -> trust.apply(before, named));
        if (learned.isPresent()) {
          left.remove(proof);
          known = learned.get();
          more = true;
        }
      }
    }
    return known;
  }

  /** The keys that an event names. */
  private record Named(NoteKey added, NoteKey beside) {}

  private Optional<LogKeys> both(Named named) {
    return with(List.of(named.beside, named.added));
  }

  private Optional<LogKeys> later(Named named) {
    return all.contains(named.beside) ? with(List.of(named.added)) : Optional.empty();
  }

  private Optional<LogKeys> with(List<NoteKey> more) {
    Set<NoteKey> keys = new LinkedHashSet<>(all);
    keys.addAll(more);
    try {
      return Optional.of(new LogKeys(List.copyOf(keys)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<Named> proved(Bytes proof, SchemaLibrary schemas) {
    return new BundleVerifier(this)
        .verify(proof)
        .match(verified -> named(ProofBundle.parse(proof, schemas)), refused -> Optional.empty());
  }

  private static Optional<Named> named(ProofBundle proved) {
    JsonObject meta = proved.event().getJsonObject("meta");
    if (!proved.event().getString("kind").equals(ADDED) || meta == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Named(
              NoteKey.parse(meta.getString(KEY, "")), NoteKey.parse(meta.getString(BESIDE, ""))));
    } catch (TalosException e) {
      return Optional.empty();
    }
  }
}
