package io.talos.contracts.id;

import io.talos.contracts.Check;
import io.talos.contracts.crypto.Randomness;
import java.time.Instant;
import java.util.Locale;

/**
 * The one source of identifiers: strictly increasing within a generator, 74 random or counting bits
 * beside the millisecond.
 *
 * <p>Within one millisecond, or when the clock steps back, the last 74 bits count up by a random
 * step, so ids stay ordered and hard to guess. Thread safe.
 *
 * <p>Source: RFC 9562 §5.7, §6.2 method 2.
 */
public final class UuidV7Generator {
  private static final long RANDOM_B_MASK = 0x3FFF_FFFF_FFFF_FFFFL;
  private static final long STEP_BITS = 32;
  private static final long MILLIS_MAX = (1L << 48) - 1;

  private final Randomness randomness;
  private long lastMillis = -1;
  private long randomA;
  private long randomB;

  /** A generator that draws from {@code randomness}. */
  public UuidV7Generator(Randomness randomness) {
    this.randomness = randomness;
  }

  /** The next identifier for something that happens {@code now}. */
  public synchronized UuidV7 next(Instant now) {
    long millis = now.toEpochMilli();
    Check.that(millis >= 0 && millis <= MILLIS_MAX, "the clock shows a time that 48 bits hold");
    if (millis > lastMillis) {
      lastMillis = millis;
      // The top bit stays clear, so that counting up has room.
      randomA = randomness.nextLong() & 0x7FFL;
      randomB = randomness.nextLong() & RANDOM_B_MASK;
    } else {
      long step = 1 + (randomness.nextLong() >>> (Long.SIZE - STEP_BITS));
      randomB += step;
      if (randomB > RANDOM_B_MASK) {
        randomB &= RANDOM_B_MASK;
        randomA++;
      }
      if (randomA > 0xFFFL) {
        randomA = 0;
        lastMillis++;
      }
    }
    long high = lastMillis << 16 | 0x7000L | randomA;
    long low = 0x8000_0000_0000_0000L | randomB;
    return new UuidV7(format(high, low));
  }

  private static String format(long high, long low) {
    return String.format(
        Locale.ROOT,
        "%08x-%04x-%04x-%04x-%012x",
        high >>> 32,
        high >>> 16 & 0xFFFF,
        high & 0xFFFF,
        low >>> 48,
        low & 0xFFFF_FFFF_FFFFL);
  }
}
