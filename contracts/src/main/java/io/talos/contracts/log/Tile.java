package io.talos.contracts.log;

import io.talos.contracts.Check;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of one tile of a log: up to 256 hashes of one level, or the entries under them.
 *
 * <p>At level 0 stand leaf hashes; hash {@code p} of level {@code k + 1} is the root over the full
 * tile {@code p} of level {@code k}.
 *
 * <p>Source: C2SP tlog-tiles, "Merkle Tree" and "Log entries".
 *
 * @param level 0 to {@value #LEVEL_MAX} for a tile of hashes; empty for an entry bundle
 * @param index which tile of its level, from 0
 * @param width how many hashes or entries it holds, {@value #WIDTH_FULL} when it is full
 */
public record Tile(OptionalInt level, long index, int width) {
  /** Hashes of a full tile. */
  public static final int WIDTH_FULL = 256;

  /** Height of the subtree over a full tile. */
  public static final int HEIGHT = 8;

  /** Highest level that a path may name. */
  public static final int LEVEL_MAX = 63;

  private static final Pattern PATH =
      Pattern.compile(
          "(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,5})([0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

  /** Checks the bounds. */
  public Tile {
    Check.that(level.orElse(0) >= 0 && level.orElse(0) <= LEVEL_MAX, "a level is 0 to 63");
    Check.that(index >= 0 && index < 1_000_000_000_000_000_000L, "an index has up to 18 digits");
    Check.that(width >= 1 && width <= WIDTH_FULL, "a width is 1 to 256");
  }

  /** A tile of hashes. */
  public static Tile ofHashes(int level, long index, int width) {
    return new Tile(OptionalInt.of(level), index, width);
  }

  /** A bundle of entries. */
  public static Tile ofEntries(long index, int width) {
    return new Tile(OptionalInt.empty(), index, width);
  }

  /** How many hashes level {@code level} has in a tree of {@code size} leaves. */
  public static long hashesAt(int level, long size) {
    int shift = level * HEIGHT;
    return shift >= Long.SIZE ? 0 : size >>> shift;
  }

  /** How wide the tile with this level and index is in a tree of {@code size} leaves; may be 0. */
  public int widthIn(long size) {
    long hashes = hashesAt(level.orElse(0), size);
    // Compared before it is multiplied: far beyond the tree the product would begin anew at 0.
    if (index > hashes / WIDTH_FULL) {
      return 0;
    }
    return (int) Math.min(WIDTH_FULL, hashes - index * WIDTH_FULL);
  }

  /**
   * Reads the part of a tile's path behind {@code tile/}.
   *
   * @throws TalosException {@link ErrorCode#TALOS_INVALID_INPUT} on any other text
   */
  public static Tile parse(String path) {
    Matcher matcher = PATH.matcher(path);
    if (path.length() > Limits.TILE_PATH_CHARACTERS_MAX || !matcher.matches()) {
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, "not a tile path");
    }
    boolean entries = matcher.group(1).equals("entries");
    int level = entries ? 0 : Integer.parseInt(matcher.group(1));
    long index = Long.parseLong(matcher.group(2).replaceAll("[x/]", "") + matcher.group(3));
    int width = matcher.group(4) == null ? WIDTH_FULL : Integer.parseInt(matcher.group(4));
    boolean partialIsFull = matcher.group(4) != null && width >= WIDTH_FULL;
    if (level > LEVEL_MAX || partialIsFull) {
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, "no such tile");
    }
    Tile tile = entries ? ofEntries(index, width) : ofHashes(level, index, width);
    // Leading groups of zeros would give one tile many names.
    if (!tile.path().equals(path)) {
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, "not the tile's one path");
    }
    return tile;
  }

  /** The path behind {@code tile/}. */
  public String path() {
    String digits = String.format(Locale.ROOT, "%03d", index % 1000);
    for (long rest = index / 1000; rest > 0; rest /= 1000) {
      digits = String.format(Locale.ROOT, "x%03d/", rest % 1000) + digits;
    }
    String kind = level.isPresent() ? Integer.toString(level.getAsInt()) : "entries";
    return kind + "/" + digits + (width == WIDTH_FULL ? "" : ".p/" + width);
  }
}
