package io.talos.policy.limits;

import io.talos.contracts.Bytes;
import io.talos.contracts.capability.SourceNetwork;
import io.talos.contracts.crypto.HmacSha256;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.port.AccessControl.Allowance;
import io.talos.contracts.port.Traffic;
import io.talos.contracts.registry.Surface;
import java.util.function.Supplier;

/** How things are called in Redis. Callers never appear there by name or address. */
final class RedisNames {
  static final String EPOCH = "talos:policy:epoch";

  private static final String PREFIX = "talos:policy:";

  private final Supplier<TrafficKeys> keys;

  RedisNames(Supplier<TrafficKeys> keys) {
    this.keys = keys;
  }

  String address(String clientAddress) {
    return PREFIX + "address:" + hidden("address\n" + SourceNetwork.ofCaller(clientAddress));
  }

  String newcomers(String clientAddress, Surface surface) {
    return PREFIX
        + "newcomers:"
        + hidden("newcomers\n" + surface.id() + "\n" + SourceNetwork.ofCaller(clientAddress));
  }

  String bucket(Traffic.Claim claim) {
    return PREFIX + "bucket:" + hidden("bucket\n" + claim.surface().id() + "\n" + id(claim));
  }

  /** Surface and key hold no line feed, so that no two claims share a name by accident. */
  String idempotency(Traffic.Claim claim) {
    return PREFIX
        + "idempotency:"
        + hidden(
            "idempotency\n"
                + claim.surface().id()
                + "\n"
                + claim.idempotencyKey().orElse("")
                + "\n"
                + id(claim));
  }

  String reservation(UuidV7 requestId) {
    return PREFIX + "reservation:" + requestId;
  }

  String used(Allowance allowance) {
    return PREFIX + "used:" + allowance.kind().wire() + ":" + allowance.link().hex();
  }

  String pending(Allowance allowance) {
    return PREFIX + "pending:" + allowance.kind().wire() + ":" + allowance.link().hex();
  }

  private static String id(Traffic.Claim claim) {
    return claim.principal().id();
  }

  private String hidden(String text) {
    return HmacSha256.tag(keys.get().names(), Bytes.utf8(text)).slice(0, 16).hex();
  }
}
