package io.talos.runtime.http;

import java.net.InetAddress;

/** Which addresses this server may be sent to by what somebody else wrote. */
public enum Reach {
  /** Addresses of the public Internet. */
  PUBLIC {
    @Override
    public boolean allows(InetAddress address) {
      return AddressKind.of(address) == AddressKind.PUBLIC;
    }
  },

  /** Those, and private and loopback ones. Link-local and multicast addresses are never meant. */
  PRIVATE_TOO {
    @Override
    public boolean allows(InetAddress address) {
      return AddressKind.of(address) != AddressKind.NEVER;
    }
  };

  /** Whether a connection to {@code address} may be opened. */
  public abstract boolean allows(InetAddress address);

  /** The reach that a setting's flag means. */
  public static Reach privateToo(boolean flag) {
    return flag ? PRIVATE_TOO : PUBLIC;
  }
}
