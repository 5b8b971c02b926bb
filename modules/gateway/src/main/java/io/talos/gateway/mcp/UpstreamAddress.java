package io.talos.gateway.mcp;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Keeps the gateway from being sent to addresses that only it can reach.
 *
 * <p>Asked at registration and again before every call, because a name may point elsewhere later.
 */
public final class UpstreamAddress {
  private static final int UNIQUE_LOCAL_MASK = 0xFE;
  private static final int UNIQUE_LOCAL = 0xFC;
  private static final int IPV4_SIZE = 4;

  /** 64:ff9b::/96, the translator's own prefix. */
  private static final byte[] NAT64 = {0, 0x64, (byte) 0xFF, (byte) 0x9B, 0, 0, 0, 0, 0, 0, 0, 0};

  /** 64:ff9b:1::/48, translators inside a network (RFC 8215). */
  private static final byte[] LOCAL_NAT64 = {0, 0x64, (byte) 0xFF, (byte) 0x9B, 0, 1};

  private static final byte[] COMPATIBLE = new byte[12];
  private static final byte[] SIX_TO_FOUR = {0x20, 0x02};

  private UpstreamAddress() {}

  /**
   * Refuses a URL whose host has any private, loopback, link-local or multicast address.
   *
   * @param privateAllowed whether private and loopback addresses are meant
   * @throws TalosException {@link ErrorCode#UPSTREAM_ADDRESS_FORBIDDEN}, or {@link
   *     ErrorCode#UPSTREAM_UNAVAILABLE} when the name does not resolve
   */
  public static void check(URI url, boolean privateAllowed) {
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(url.getHost());
    } catch (UnknownHostException e) {
      throw new TalosException(ErrorCode.UPSTREAM_UNAVAILABLE, "the host does not resolve", e);
    }
    for (InetAddress address : addresses) {
      InetAddress meant = carried(address);
      if (isNeverMeant(meant) || (!privateAllowed && (isPrivate(meant) || isPrivate(address)))) {
        throw new TalosException(ErrorCode.UPSTREAM_ADDRESS_FORBIDDEN, "forbidden address");
      }
    }
  }

  /**
   * The IPv4 address that a translator or tunnel makes of {@code address}, or itself.
   *
   * <p>Source: RFC 6052 §2.1 (NAT64), RFC 3056 §2 (6to4), RFC 4291 §2.5.5.1 (IPv4-compatible).
   */
  private static InetAddress carried(InetAddress address) {
    byte[] octets = address.getAddress();
    if (octets.length == IPV4_SIZE) {
      return address;
    }
    if (startsWith(octets, NAT64) || (startsWith(octets, COMPATIBLE) && !isOwn(address))) {
      return ipv4(octets, octets.length - IPV4_SIZE);
    }
    return startsWith(octets, SIX_TO_FOUR) ? ipv4(octets, SIX_TO_FOUR.length) : address;
  }

  /** {@code ::} and {@code ::1} look like IPv4-compatible addresses and are none. */
  private static boolean isOwn(InetAddress address) {
    return address.isAnyLocalAddress() || address.isLoopbackAddress();
  }

  private static boolean startsWith(byte[] octets, byte[] prefix) {
    return Arrays.equals(octets, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static InetAddress ipv4(byte[] octets, int from) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(octets, from, from + IPV4_SIZE));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four octets are an address", e);
    }
  }

  private static boolean isNeverMeant(InetAddress address) {
    byte[] octets = address.getAddress();
    // 0.0.0.0/8 is this host, 240.0.0.0/4 nobody (RFC 6890 §2.2.2).
    boolean unassigned =
        octets.length == IPV4_SIZE && (octets[0] == 0 || (octets[0] & 0xF0) == 0xF0);
    return unassigned
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || address.isLinkLocalAddress();
  }

  private static boolean isPrivate(InetAddress address) {
    byte[] octets = address.getAddress();
    boolean uniqueLocal =
        octets.length > IPV4_SIZE
            && ((octets[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL || startsWith(octets, LOCAL_NAT64));
    return uniqueLocal
        || address.isLoopbackAddress()
        || address.isSiteLocalAddress()
        || (octets.length == IPV4_SIZE && isShared(octets));
  }

  /** Carrier NAT, protocol assignments and benchmarks: RFC 6890 §2.2.2. */
  private static boolean isShared(byte[] octets) {
    int first = octets[0] & 0xFF;
    int second = octets[1] & 0xFF;
    return (first == 100 && (second & 0xC0) == 64)
        || (first == 192 && second == 0 && octets[2] == 0)
        || (first == 198 && (second & 0xFE) == 18);
  }
}
