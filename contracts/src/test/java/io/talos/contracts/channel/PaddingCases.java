package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Hex;
import jakarta.json.Json;
import java.util.Arrays;
import java.util.List;

/** Plaintexts in their buckets. */
final class PaddingCases {
  private final ChannelCases cases;

  PaddingCases(ChannelCases cases) {
    this.cases = cases;
  }

  /** Adds all of them. */
  void addAll() {
    paddings();
  }

  /** What a right padding of a short text is not. */
  static List<byte[]> unpadded() {
    byte[] right = Padding.pad(Bytes.utf8("pay 10")).reveal();
    return List.of(
        new byte[0],
        new byte[256],
        with(right, 6, 0),
        with(right, 6, 0x40),
        with(right, 6, 0x81),
        with(right, 255, 1),
        Arrays.copyOf(right, 7),
        Arrays.copyOf(right, 255),
        Arrays.copyOf(right, 257),
        Arrays.copyOf(right, 1024));
  }

  private void paddings() {
    for (Bytes text :
        List.of(
            Bytes.empty(),
            Bytes.utf8("pay 10"),
            Bytes.of((byte) 0x80),
            Bytes.of(new byte[3]),
            Cast.dice("pad").bytes(255),
            Cast.dice("pad").bytes(256))) {
      cases.add(
          "Pad",
          "Padding",
          text.size() + " bytes",
          Json.createObjectBuilder().add("plaintext_hex", text.hex()));
      unpad("as it should be", Padding.pad(text).reveal());
    }
    unpadded().forEach(padded -> unpad("not as it should be", padded));
    for (int size :
        new int[] {
          0, 255, 256, 1023, 1024, 4095, 4096, 16383, 16384, 65535, 65536, 131071, 917503, 917504,
          983039, 983040, 1048559, 1048560
        }) {
      cases.add(
          "Bucket",
          "Padding",
          size + " bytes",
          Json.createObjectBuilder().add("plaintext_size", size));
    }
  }

  private void unpad(String comment, byte[] padded) {
    cases.add(
        "Unpad", "Padding", comment, Json.createObjectBuilder().add("padded_hex", hex(padded)));
  }

  private static byte[] with(byte[] encoded, int at, int value) {
    byte[] copy = encoded.clone();
    copy[at] = (byte) value;
    return copy;
  }

  private static String hex(byte[] bytes) {
    return Hex.encode(bytes);
  }
}
