package io.talos.contracts.log;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the files that a log serves as tiles.
 *
 * <p>Source: C2SP tlog-tiles, "Merkle Tree" and "Log entries".
 *
 * <p>Refuses with: {@link ErrorCode#PROOF_INVALID}, as an exception, what has not exactly the form
 * and width of its tile.
 */
public final class TileBytes {
  private static final int LENGTH_BYTES = 2;

  private TileBytes() {}

  /** The hashes of a tile. */
  public static List<Bytes> hashes(Bytes file, int width) {
    if (file.size() != width * Sha256.SIZE) {
      throw invalid("a tile of another width");
    }
    List<Bytes> hashes = new ArrayList<>(width);
    for (int at = 0; at < file.size(); at += Sha256.SIZE) {
      hashes.add(file.slice(at, at + Sha256.SIZE));
    }
    return hashes;
  }

  /** The entries of an entry bundle. */
  public static List<Bytes> entries(Bytes file, int width) {
    byte[] bytes = file.toArray();
    List<Bytes> entries = new ArrayList<>();
    int at = 0;
    while (at < bytes.length && entries.size() < width) {
      if (bytes.length - at < LENGTH_BYTES) {
        throw invalid("an entry bundle that ends in a length");
      }
      int size = Byte.toUnsignedInt(bytes[at]) << Byte.SIZE | Byte.toUnsignedInt(bytes[at + 1]);
      at += LENGTH_BYTES;
      if (bytes.length - at < size) {
        throw invalid("an entry bundle that ends in an entry");
      }
      entries.add(file.slice(at, at + size));
      at += size;
    }
    if (entries.size() != width || at != bytes.length) {
      throw invalid("an entry bundle of another width");
    }
    return entries;
  }

  private static TalosException invalid(String why) {
    return new TalosException(ErrorCode.PROOF_INVALID, why);
  }
}
