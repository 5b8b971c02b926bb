package io.talos.contracts.log;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The definitions of RFC 6962 §2.1 written down word by word, over plain byte arrays: slow, and
 * sharing nothing with the code under test.
 */
final class NaiveMerkle {
  private final List<byte[]> d;
  private final Map<String, byte[]> known = new HashMap<>();

  NaiveMerkle(List<byte[]> d) {
    this.d = d;
  }

  /** MTH(D[from:to]). */
  byte[] mth(int from, int to) {
    String name = from + ":" + to;
    byte[] hash = known.get(name);
    if (hash == null) {
      hash = compute(from, to);
      known.put(name, hash);
    }
    return hash;
  }

  private byte[] compute(int from, int to) {
    int n = to - from;
    if (n == 0) {
      return sha256();
    }
    if (n == 1) {
      return sha256(new byte[] {0}, d.get(from));
    }
    int k = k(n);
    return sha256(new byte[] {1}, mth(from, from + k), mth(from + k, to));
  }

  /** PATH(m, D[from:to]). */
  List<byte[]> path(int m, int from, int to) {
    int n = to - from;
    if (n == 1) {
      return new ArrayList<>();
    }
    int k = k(n);
    List<byte[]> path;
    if (m < k) {
      path = path(m, from, from + k);
      path.add(mth(from + k, to));
    } else {
      path = path(m - k, from + k, to);
      path.add(mth(from, from + k));
    }
    return path;
  }

  /** SUBPROOF(m, D[from:to], b). */
  List<byte[]> subproof(int m, int from, int to, boolean b) {
    int n = to - from;
    if (m == n) {
      List<byte[]> proof = new ArrayList<>();
      if (!b) {
        proof.add(mth(from, to));
      }
      return proof;
    }
    int k = k(n);
    List<byte[]> proof;
    if (m <= k) {
      proof = subproof(m, from, from + k, b);
      proof.add(mth(from + k, to));
    } else {
      proof = subproof(m - k, from + k, to, false);
      proof.add(mth(from, from + k));
    }
    return proof;
  }

  /** The largest power of two smaller than n. */
  private static int k(int n) {
    int k = 1;
    while (k * 2 < n) {
      k = k * 2;
    }
    return k;
  }

  private static byte[] sha256(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    try {
      return MessageDigest.getInstance("SHA-256").digest(all.toByteArray());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
