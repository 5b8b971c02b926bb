package io.talos.contracts;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Immutable public bytes with value equality. For key material use {@link SecretBytes}, which never
 * prints itself.
 */
public final class Bytes implements Comparable<Bytes> {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] value;

  private Bytes(byte[] value) {
    this.value = value;
  }

  /** Copies {@code value}. */
  public static Bytes of(byte... value) {
    return value.length == 0 ? EMPTY : new Bytes(value.clone());
  }

  /** The UTF-8 form of {@code text}. */
  public static Bytes utf8(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** No bytes. */
  public static Bytes empty() {
    return EMPTY;
  }

  /** A fresh copy. */
  public byte[] toArray() {
    return value.clone();
  }

  /** How many bytes there are. */
  public int size() {
    return value.length;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return value.length == 0;
  }

  /** The eight bytes from {@code offset} on as one big-endian number. */
  public long longAt(int offset) {
    return (long) LONGS.get(value, offset);
  }

  /** The bytes from {@code from} (inclusive) to {@code to} (exclusive). */
  public Bytes slice(int from, int to) {
    Check.that(0 <= from && from <= to && to <= value.length, "the slice lies inside the bytes");
    return new Bytes(Arrays.copyOfRange(value, from, to));
  }

  /** These bytes followed by {@code others}. */
  public Bytes concat(Bytes... others) {
    int total = value.length;
    for (Bytes other : others) {
      total = Math.addExact(total, other.value.length);
    }
    byte[] joined = Arrays.copyOf(value, total);
    int at = value.length;
    for (Bytes other : others) {
      System.arraycopy(other.value, 0, joined, at, other.value.length);
      at += other.value.length;
    }
    return new Bytes(joined);
  }

  /** Decodes as UTF-8; malformed input becomes U+FFFD, so use it only on bytes known to be text. */
  public String utf8() {
    return new String(value, StandardCharsets.UTF_8);
  }

  /** Lower-case hexadecimal. */
  public String hex() {
    return HexFormat.of().formatHex(value);
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(value, other.value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return "Bytes[" + value.length + "]";
  }
}
