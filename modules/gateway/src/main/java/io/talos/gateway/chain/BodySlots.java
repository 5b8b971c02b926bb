package io.talos.gateway.chain;

import io.talos.contracts.Bytes;
import io.talos.contracts.capability.SourceNetwork;
import io.talos.contracts.error.ErrorCode;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How many bodies may be on their way in at once. A body is read by a thread that waits for its
 * sender, before anything is known of the caller; so nobody may keep more than a few threads
 * waiting.
 */
@ApplicationScoped
public class BodySlots {
  /** Most bodies that are read at once for one address. */
  static final int PER_ADDRESS_MAX = 24;

  /** Most bodies that are read at once. */
  static final int MAX = 48;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Map<String, Integer> reading = new HashMap<>();
  private int all;

  /** Reads within a slot; refuses at once when none is free. */
  Bytes within(String address, Supplier<Bytes> read) {
    String network = SourceNetwork.ofCaller(address);
    if (!enter(network)) {
      throw new RequestBody.Unreadable(
          new Problem(ErrorCode.RATE_LIMITED, Optional.empty(), Optional.of(RETRY_AFTER)));
    }
    try {
      return read.get();
    } finally {
      leave(network);
    }
  }

  private synchronized boolean enter(String address) {
    int here = reading.getOrDefault(address, 0);
    if (all >= MAX || here >= PER_ADDRESS_MAX) {
      return false;
    }
    reading.put(address, here + 1);
    all++;
    return true;
  }

  private synchronized void leave(String address) {
    all--;
    int here = reading.getOrDefault(address, 1);
    if (here == 1) {
      reading.remove(address);
    } else {
      reading.put(address, here - 1);
    }
  }
}
