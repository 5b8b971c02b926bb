package io.talos.contracts.registry;

import io.talos.contracts.Check;
import java.util.Optional;
import java.util.Set;

/**
 * One thing that can be asked over HTTP, as {@code contracts/registry/surfaces.json} declares it.
 *
 * @param id dotted name, stable
 * @param method the HTTP method
 * @param path the path template, such as {@code /identity/agents/{did}}
 * @param credentials which credentials are accepted; empty for an anonymous surface
 * @param anonymous why no credential is asked for, on an anonymous surface
 * @param unregistered whether an agent that is not registered yet may sign
 * @param permission the permission that a role must hold, {@code area:thing:verb}
 * @param capability whether a capability must be shown
 * @param body name of the body's schema, or {@code json-rpc}, {@code text}, or empty when there is
 *     no body
 * @param bodyBytesMax largest body in bytes
 * @param rate the fine limit
 * @param scope what a request touches; empty when nothing in particular
 */
public record Surface(
    String id,
    String method,
    String path,
    Set<Credential> credentials,
    Optional<String> anonymous,
    boolean unregistered,
    String permission,
    CapabilityUse capability,
    Optional<String> body,
    int bodyBytesMax,
    Rate rate,
    Optional<ScopeTemplate> scope) {

  /** A kind of credential. */
  public enum Credential {
    /** RFC 9421 signature of an agent. */
    SIGNATURE,
    /** Attestation v1 of an agent with a client of Talos 1.x. */
    ATTESTATION,
    /** Virtual key. */
    VIRTUAL_KEY,
    /** Operator's JSON Web Token. */
    JWT
  }

  /** Whether a capability belongs to the request. */
  public enum CapabilityUse {
    /** None is looked at. */
    NONE,
    /** One must be shown and must cover the call. */
    REQUIRED
  }

  /**
   * A token bucket.
   *
   * @param perSecond how many requests a second refill it
   * @param burst how many it holds
   */
  public record Rate(int perSecond, int burst) {
    /** Both are positive. */
    public Rate {
      Check.that(perSecond > 0 && burst > 0, "a rate is positive");
    }
  }

  /** Checks that a surface is either anonymous with a reason or names its credentials. */
  public Surface {
    credentials = Set.copyOf(credentials);
    Check.that(
        credentials.isEmpty() == anonymous.isPresent(),
        "surface " + id + " either names credentials or says why it is anonymous");
    Check.that(
        anonymous.isPresent() || !permission.isBlank(), "surface " + id + " names a permission");
    Check.that(bodyBytesMax >= 0, "surface " + id + " has a body bound");
    scope.ifPresent(template -> template.checkAgainst(path));
  }

  /** A surface that touches nothing in particular. */
  public Surface(
      String id,
      String method,
      String path,
      Set<Credential> credentials,
      Optional<String> anonymous,
      boolean unregistered,
      String permission,
      CapabilityUse capability,
      Optional<String> body,
      int bodyBytesMax,
      Rate rate) {
    this(
        id,
        method,
        path,
        credentials,
        anonymous,
        unregistered,
        permission,
        capability,
        body,
        bodyBytesMax,
        rate,
        Optional.empty());
  }

  /** The same surface with another fine limit. */
  public Surface withRate(Rate other) {
    return new Surface(
        id,
        method,
        path,
        credentials,
        anonymous,
        unregistered,
        permission,
        capability,
        body,
        bodyBytesMax,
        other,
        scope);
  }
}
