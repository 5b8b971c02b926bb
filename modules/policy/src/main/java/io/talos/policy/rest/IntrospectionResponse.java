package io.talos.policy.rest;

import io.talos.contracts.capability.Scope;
import io.talos.contracts.capability.Terms;
import io.talos.policy.IntrospectCapability.Status;
import io.talos.policy.limits.Used;
import jakarta.json.bind.annotation.JsonbProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a capability.
 *
 * @param active whether its subject could use it now
 * @param code why not
 */
public record IntrospectionResponse(
    boolean active,
    @Nullable String code,
    String hash,
    String issuer,
    String subject,
    List<String> scope,
    @JsonbProperty("expires_at") Instant expiresAt,
    List<Limit> limits) {

  /** A limit of a link, and what is used of it. */
  public record Limit(String link, String kind, long limit, long used) {
    static Limit of(Used used) {
      return new Limit(
          used.allowance().link().hex(),
          used.allowance().kind().wire(),
          used.allowance().limit(),
          used.total());
    }
  }

  static IntrospectionResponse of(Status status) {
    Terms leaf = status.chain().leaf().terms();
    return new IntrospectionResponse(
        status.refusal().isEmpty(),
        status.refusal().map(Enum::name).orElse(null),
        status.chain().hash().hex(),
        status.chain().root().terms().issuer().text(),
        leaf.subject().text(),
        leaf.scope().stream().map(Scope::text).toList(),
        leaf.expiresAt(),
        status.used().stream().map(Limit::of).toList());
  }
}
