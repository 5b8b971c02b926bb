package io.talos.gateway.mcp;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Keeps the gateway from being sent to addresses that only it can reach.
 *
 * <p>Asked at registration and again before every call, because a name may point elsewhere later.
 */
public final class UpstreamAddress {
  private static final int UNIQUE_LOCAL_MASK = 0xFE;
  private static final int UNIQUE_LOCAL = 0xFC;
  private static final int CARRIER_NAT_FIRST = 100;

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
      if (isNeverMeant(address) || (!privateAllowed && isPrivate(address))) {
        throw new TalosException(ErrorCode.UPSTREAM_ADDRESS_FORBIDDEN, "forbidden address");
      }
    }
  }

  private static boolean isNeverMeant(InetAddress address) {
    return address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || address.isLinkLocalAddress();
  }

  private static boolean isPrivate(InetAddress address) {
    byte[] octets = address.getAddress();
    boolean uniqueLocal =
        address instanceof Inet6Address && (octets[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL;
    boolean carrierNat =
        octets.length == 4 && octets[0] == CARRIER_NAT_FIRST && (octets[1] & 0xC0) == 64;
    return address.isLoopbackAddress() || address.isSiteLocalAddress() || uniqueLocal || carrierNat;
  }
}
