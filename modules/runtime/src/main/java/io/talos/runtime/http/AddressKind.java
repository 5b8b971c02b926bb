package io.talos.runtime.http;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * What sort of place an address is.
 *
 * <p>An IPv6 address is public only when it lies in 2000::/3 and in none of the blocks there that
 * have another use; what a translator or a tunnel makes of it counts as well as itself.
 *
 * <p>Source: the IANA special-purpose address registries (RFC 6890 §2.2.2 and §2.2.3 and later
 * entries); RFC 6052 §2.1 (NAT64), RFC 8215 (local NAT64), RFC 3056 §2 (6to4), RFC 4380 §4
 * (Teredo), RFC 4291 §2.5.5 (IPv4 in IPv6).
 */
enum AddressKind {
  /** Somewhere on the Internet. */
  PUBLIC,
  /** This machine, its own network, a block for examples, tests or protocols. */
  PRIVATE,
  /** Nobody means it: the wildcard, a group, a neighbour on the link (cloud metadata). */
  NEVER;

  private static final int IPV4_SIZE = 4;

  private static final Block[] NEVER_IPV4 = {
    // This host, link-local, multicast and what is reserved above it.
    Block.of(8, 0), Block.of(16, 169, 254), Block.of(4, 224), Block.of(4, 240)
  };

  private static final Block[] PRIVATE_IPV4 = {
    Block.of(8, 10), // private
    Block.of(10, 100, 64), // carrier NAT
    Block.of(8, 127), // loopback
    Block.of(12, 172, 16), // private
    Block.of(24, 192, 0, 0), // protocol assignments
    Block.of(24, 192, 0, 2), // documentation
    Block.of(24, 192, 31, 196), // AS112
    Block.of(24, 192, 52, 193), // AMT
    Block.of(24, 192, 88, 99), // 6to4 relays
    Block.of(16, 192, 168), // private
    Block.of(24, 192, 175, 48), // AS112
    Block.of(15, 198, 18), // benchmarks
    Block.of(24, 198, 51, 100), // documentation
    Block.of(24, 203, 0, 113) // documentation
  };

  private static final Block[] NEVER_IPV6 = {
    Block.of(10, 0xFE, 0x80), Block.of(8, 0xFF) // link-local, multicast
  };

  private static final Block GLOBAL_IPV6 = Block.of(3, 0x20);

  private static final Block[] PRIVATE_IPV6 = {
    Block.of(23, 0x20, 0x01, 0), // protocol assignments, ORCHID
    Block.of(32, 0x20, 0x01, 0x0D, 0xB8), // documentation
    Block.of(48, 0x26, 0x20, 0, 0x4F, 0x80, 0), // AS112
    Block.of(20, 0x3F, 0xFF, 0) // documentation
  };

  private static final Block NAT64 = Block.of(96, 0, 0x64, 0xFF, 0x9B);
  private static final Block SIX_TO_FOUR = Block.of(16, 0x20, 0x02);
  private static final Block TEREDO = Block.of(32, 0x20, 0x01, 0, 0);
  private static final Block IPV4_INSIDE = Block.of(80);
  private static final int IPV4_INSIDE_AT = 12;

  /** What {@code address} is. */
  static AddressKind of(InetAddress address) {
    byte[] octets = address.getAddress();
    return octets.length == IPV4_SIZE ? ofIpv4(octets) : ofIpv6(octets);
  }

  private static AddressKind ofIpv4(byte[] octets) {
    if (isIn(octets, NEVER_IPV4)) {
      return NEVER;
    }
    return isIn(octets, PRIVATE_IPV4) ? PRIVATE : PUBLIC;
  }

  private static AddressKind ofIpv6(byte[] octets) {
    if (isIn(octets, NEVER_IPV6)) {
      return NEVER;
    }
    if (NAT64.holds(octets)) {
      return carried(octets, IPV4_INSIDE_AT);
    }
    if (SIX_TO_FOUR.holds(octets)) {
      return carried(octets, 2);
    }
    if (TEREDO.holds(octets)) {
      return worse(PRIVATE, ofIpv4(flipped(octets)));
    }
    if (IPV4_INSIDE.holds(octets)) {
      return inside(octets);
    }
    return GLOBAL_IPV6.holds(octets) && !isIn(octets, PRIVATE_IPV6) ? PUBLIC : PRIVATE;
  }

  /** {@code ::} is the wildcard, {@code ::1} loopback; the others carry an IPv4 address. */
  private static AddressKind inside(byte[] octets) {
    int low = 0;
    for (byte octet : octets) {
      low |= octet & 0xFF;
    }
    if (low == 0) {
      return NEVER;
    }
    boolean loopback = low == 1 && octets[octets.length - 1] == 1;
    return loopback ? PRIVATE : worse(PRIVATE, carried(octets, IPV4_INSIDE_AT));
  }

  private static AddressKind carried(byte[] octets, int from) {
    return ofIpv4(Arrays.copyOfRange(octets, from, from + IPV4_SIZE));
  }

  /** A Teredo address carries its client's IPv4 address with all bits turned. */
  private static byte[] flipped(byte[] octets) {
    byte[] client = Arrays.copyOfRange(octets, IPV4_INSIDE_AT, octets.length);
    for (int i = 0; i < client.length; i++) {
      client[i] = (byte) ~client[i];
    }
    return client;
  }

  private static AddressKind worse(AddressKind one, AddressKind other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static boolean isIn(byte[] octets, Block[] blocks) {
    return Arrays.stream(blocks).anyMatch(block -> block.holds(octets));
  }

  /** The addresses that begin with the same bits. */
  private static final class Block {
    private final int bits;
    private final byte[] start;

    private Block(int bits, byte[] start) {
      this.bits = bits;
      this.start = start;
    }

    /** The block of the given length whose first octets are these; the others are zero. */
    static Block of(int bits, int... octets) {
      byte[] start = new byte[(bits + 7) / 8];
      for (int i = 0; i < octets.length; i++) {
        start[i] = (byte) octets[i];
      }
      return new Block(bits, start);
    }

    boolean holds(byte[] octets) {
      int whole = bits / 8;
      if (!Arrays.equals(octets, 0, whole, start, 0, whole)) {
        return false;
      }
      int rest = bits % 8;
      return rest == 0 || ((octets[whole] ^ start[whole]) & 0xFF) >>> (8 - rest) == 0;
    }
  }
}
