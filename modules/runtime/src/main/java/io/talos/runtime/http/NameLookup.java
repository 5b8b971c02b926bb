package io.talos.runtime.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Asks the system for the addresses of a name. It may block for long. */
@FunctionalInterface
public interface NameLookup {
  /** All addresses of {@code host}, at least one. */
  InetAddress[] find(String host) throws UnknownHostException;
}
