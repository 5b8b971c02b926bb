package io.talos.policy.rights;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Randomness;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Capabilities that were verified before, found again by the text of their header. A keyed hash
 * finds a place; only the same text to the last character is the same capability. Whoever finds one
 * still checks everything that can change. Thread safe; finding takes no lock.
 *
 * <p>Bounds: {@link Limits#TOKEN_ROWS} rows of {@link Limits#TOKENS_OF_ROW} places, and {@link
 * Limits#ROW_CHARACTERS_MAX} characters in each row. The presenter, hidden by the node's own key,
 * decides on the row: however many capabilities somebody mints, they push out only those of the few
 * callers of their own row. Only what was verified for its presenter gets in.
 */
public final class VerifiedTokens {
  /**
   * The part of a header that the hash looks at, counted from its end: in canonical JSON the last
   * link's signature lies there, and no two capabilities share one.
   */
  private static final int WINDOW_BEFORE_END = 224;

  private static final int WINDOW = 64;
  private static final int CHARACTERS_PER_STEP = 4;
  private static final long ODD = 0x9E3779B97F4A7C15L;

  private final long rowKey;
  private final long placeKey;
  private final AtomicReferenceArray<@Nullable VerifiedToken> places =
      new AtomicReferenceArray<>(Limits.TOKEN_ROWS * Limits.TOKENS_OF_ROW);
  private final int[] characters = new int[Limits.TOKEN_ROWS];
  private int turn;

  /** Empty. */
  public VerifiedTokens(Randomness randomness) {
    Bytes chance = randomness.bytes(2 * Long.BYTES);
    this.rowKey = chance.longAt(0);
    this.placeKey = chance.longAt(Long.BYTES);
  }

  /** What was verified for {@code presenter} under this very text. */
  @Nullable VerifiedToken find(String presenter, String header) {
    int row = row(presenter);
    long hash = windowHash(header);
    VerifiedToken first = places.get(row + first(hash));
    if (first != null && first.header().equals(header)) {
      return first;
    }
    VerifiedToken second = places.get(row + second(hash));
    return second != null && second.header().equals(header) ? second : null;
  }

  /** Remembers what was just verified for {@code presenter}, unless it is too large. */
  synchronized void add(String presenter, VerifiedToken token, Instant now) {
    if (token.header().length() > Limits.TOKEN_CHARACTERS_MAX) {
      return;
    }
    int row = row(presenter);
    long hash = windowHash(token.header());
    int place = row + (isFree(row + first(hash), now) ? first(hash) : second(hash));
    if (!isFree(place, now) && (turn++ & 1) == 0) {
      place = row + first(hash);
    }
    put(row, place, token);
    for (int i = 0; i < Limits.TOKENS_OF_ROW && isFull(row); i++) {
      int victim = row + (turn++ & (Limits.TOKENS_OF_ROW - 1));
      if (victim != place) {
        put(row, victim, null);
      }
    }
    Check.that(!isFull(row), "a row keeps its bound");
  }

  private boolean isFree(int place, Instant now) {
    VerifiedToken there = places.get(place);
    return there == null || !there.expiresAt().isAfter(now);
  }

  private boolean isFull(int row) {
    return characters[row / Limits.TOKENS_OF_ROW] > Limits.ROW_CHARACTERS_MAX;
  }

  private void put(int row, int place, @Nullable VerifiedToken token) {
    VerifiedToken before = places.getAndSet(place, token);
    characters[row / Limits.TOKENS_OF_ROW] +=
        (token == null ? 0 : token.header().length())
            - (before == null ? 0 : before.header().length());
  }

  /** Forgets what has expired. */
  public synchronized void sweep(Instant now) {
    for (int place = 0; place < places.length(); place++) {
      if (isFree(place, now)) {
        put(place - place % Limits.TOKENS_OF_ROW, place, null);
      }
    }
  }

  /** How many are remembered. */
  public int size() {
    int size = 0;
    for (int place = 0; place < places.length(); place++) {
      size += places.get(place) == null ? 0 : 1;
    }
    return size;
  }

  private int row(String presenter) {
    long hash = hash(presenter, 0, presenter.length(), rowKey);
    return (int) (hash & (Limits.TOKEN_ROWS - 1)) * Limits.TOKENS_OF_ROW;
  }

  private long windowHash(String header) {
    int from = Math.max(0, header.length() - WINDOW_BEFORE_END);
    return hash(header, from, Math.min(header.length(), from + WINDOW), placeKey);
  }

  private static int first(long hash) {
    return (int) hash & (Limits.TOKENS_OF_ROW - 1);
  }

  private static int second(long hash) {
    return (int) (hash >>> 32) & (Limits.TOKENS_OF_ROW - 1);
  }

  private static long hash(String text, int from, int to, long key) {
    long hash = key ^ text.length();
    int i = from;
    for (; i + CHARACTERS_PER_STEP <= to; i += CHARACTERS_PER_STEP) {
      long four =
          text.charAt(i)
              | (long) text.charAt(i + 1) << 16
              | (long) text.charAt(i + 2) << 32
              | (long) text.charAt(i + 3) << 48;
      hash = mixed(hash ^ four);
    }
    for (; i < to; i++) {
      hash = mixed(hash ^ text.charAt(i));
    }
    return mixed(hash ^ key);
  }

  private static long mixed(long hash) {
    return Math.multiplyHigh(hash, ODD) ^ (hash * ODD);
  }
}
