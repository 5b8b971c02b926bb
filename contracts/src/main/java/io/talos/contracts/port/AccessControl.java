package io.talos.contracts.port;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.policy.AccessDecision;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.registry.Surface;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Whether a known caller may do a thing. Implemented by {@code policy}. */
public interface AccessControl {
  /** A pure check of roles and capability; it spends nothing. */
  Decision decide(Question question);

  /** The surface with the fine limit that the policy in force sets for it. */
  Surface limited(Surface surface);

  /**
   * What is asked.
   *
   * @param pathParameters what stands at the named places of the surface's path, percent-decoded
   * @param clientAddress the connection's address
   * @param capability the raw {@code Talos-Capability} header
   * @param call the tool call, on a surface that forwards one
   */
  record Question(
      Principal principal,
      Surface surface,
      Map<String, String> pathParameters,
      String clientAddress,
      Optional<String> capability,
      Optional<ToolCall> call,
      Instant now) {
    /** Copies. */
    public Question {
      pathParameters = Map.copyOf(pathParameters);
    }
  }

  /**
   * A call to a tool behind the gateway.
   *
   * @param server the registered server's name
   * @param method the protocol method, such as {@code tools/call}
   * @param tool the tool's name, when the method names one
   * @param arguments the tool's arguments
   */
  record ToolCall(String server, String method, Optional<String> tool, JsonObject arguments) {}

  /** Yes with its reasons, or no with its code. */
  sealed interface Decision permits Allowed, Denied {
    /** Answers by the kind of decision. */
    default <R> R match(Function<Allowed, R> allowed, Function<Denied, R> denied) {
      if (this instanceof Allowed yes) {
        return allowed.apply(yes);
      }
      return denied.apply((Denied) this);
    }
  }

  /**
   * Allowed, by roles and bindings and, where the surface needs one, by a capability.
   *
   * @param access what the roles and bindings said
   */
  record Allowed(AccessDecision access, Optional<CapabilityGrant> capability) implements Decision {}

  /**
   * Denied.
   *
   * @param why for the log
   * @param access what the roles and bindings said, when they are why
   */
  record Denied(ErrorCode code, String why, Optional<AccessDecision> access) implements Decision {
    /** Denied by something else than roles and bindings. */
    public Denied(ErrorCode code, String why) {
      this(code, why, Optional.empty());
    }
  }

  /**
   * The verified capability that allows the call.
   *
   * @param hash SHA-256 of the whole chain
   * @param revocationIds every link's hash and the id of the key that signed it, root first;
   *     revoking any of them ends the grant
   * @param allowances what the request takes of links that limit calls or money
   */
  record CapabilityGrant(Bytes hash, List<Bytes> revocationIds, List<Allowance> allowances) {
    /** Copies. */
    public CapabilityGrant {
      revocationIds = List.copyOf(revocationIds);
      allowances = List.copyOf(allowances);
    }

    /** Whether a link limits what may be spent. */
    public boolean limitsSpend() {
      return allowances.stream().anyMatch(a -> a.kind() == Allowance.Kind.SPEND);
    }

    /** The same for a call of this price; what costs nothing takes no money. */
    public CapabilityGrant priced(long microUsd) {
      return new CapabilityGrant(
          hash,
          revocationIds,
          allowances.stream()
              .map(a -> a.kind() == Allowance.Kind.SPEND ? a.taking(microUsd) : a)
              .filter(a -> a.amount() > 0)
              .toList());
    }
  }

  /**
   * A link may be used up to a limit, by everything together that hangs on it.
   *
   * @param link the link's hash
   * @param limit how much may be used in all: calls, or millionths of a US dollar
   * @param amount how much this request takes; a price that is not known yet is 0
   * @param endsAt when the link ends, and its allowance with it
   */
  record Allowance(Kind kind, Bytes link, long limit, long amount, Instant endsAt) {
    /** What is counted. */
    public enum Kind {
      /** Admitted calls. */
      CALLS,
      /** Money. */
      SPEND;

      /** The name in tables and keys. */
      public String wire() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    /** Nothing is ever given back by a price below nothing. */
    public Allowance {
      Check.that(limit > 0 && amount >= 0, "a limit is positive, an amount is not negative");
    }

    Allowance taking(long other) {
      return new Allowance(kind, link, limit, other, endsAt);
    }
  }
}
