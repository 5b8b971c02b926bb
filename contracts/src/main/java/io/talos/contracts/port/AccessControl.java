package io.talos.contracts.port;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.policy.AccessDecision;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.registry.Surface;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Whether a known caller may do a thing. Implemented by {@code policy}. */
public interface AccessControl {
  /** A pure check of roles and capability; it spends nothing. */
  Decision decide(Question question);

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
   * @param callLimits the links that limit how often they may be used
   */
  record CapabilityGrant(Bytes hash, List<Bytes> revocationIds, List<CallLimit> callLimits) {
    /** Copies. */
    public CapabilityGrant {
      revocationIds = List.copyOf(revocationIds);
      callLimits = List.copyOf(callLimits);
    }
  }

  /** A link may be used for at most {@code calls} admitted calls. */
  record CallLimit(Bytes link, long calls) {}
}
