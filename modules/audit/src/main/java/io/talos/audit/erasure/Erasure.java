package io.talos.audit.erasure;

import io.talos.contracts.Check;
import io.talos.contracts.id.UuidV7;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One erasure.
 *
 * @param id names it
 * @param reason why
 * @param reference number of a ticket or file, nothing personal; at most 64 plain characters
 * @param at when
 */
public record Erasure(UuidV7 id, ErasureReason reason, Optional<String> reference, Instant at) {
  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9._/-]{1,64}");

  /** Refuses a reference in which a sentence could stand. */
  public Erasure {
    Check.that(
        reference.map(text -> REFERENCE.matcher(text).matches()).orElse(true),
        "a reference is a plain word");
  }
}
