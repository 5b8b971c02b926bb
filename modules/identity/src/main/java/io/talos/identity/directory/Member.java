package io.talos.identity.directory;

import io.talos.contracts.Check;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Somebody who belongs to a team: a user, a service account or an agent.
 *
 * @param name how its kind is called from outside: a user's subject, a name for the others
 * @param org the team's organisation
 * @param did whose signatures are its own; an agent's only
 * @param displayName what people call it
 * @param revokedAt when it was ended for good
 */
public record Member(
    UuidV7 id,
    String name,
    Kind kind,
    UuidV7 team,
    UuidV7 org,
    Optional<Did> did,
    Optional<String> displayName,
    Status status,
    Instant createdAt,
    Optional<Instant> revokedAt) {

  /** What sort of member. */
  public enum Kind {
    /** A person, known by the subject of an operator token. */
    USER,
    /** A program, known by its virtual keys. */
    SERVICE_ACCOUNT,
    /** An agent, known by its signatures. */
    AGENT;

    /** The name on the wire. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** How such a member authenticates: {@code signed} or {@code bearer}. */
    public String authMode() {
      return this == AGENT ? "signed" : "bearer";
    }
  }

  /** Whether it may act. */
  public enum Status {
    /** It may. */
    ACTIVE,
    /** Not now. */
    SUSPENDED,
    /** Never again. */
    REVOKED;

    /** The name on the wire. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Why a member in this state is turned away; empty when it is not. */
    public Optional<ErrorCode> refusal() {
      return switch (this) {
        case ACTIVE -> Optional.empty();
        case SUSPENDED -> Optional.of(ErrorCode.PRINCIPAL_SUSPENDED);
        case REVOKED -> Optional.of(ErrorCode.AUTH_REVOKED);
      };
    }
  }

  /** Checks what depends on the kind and the state. */
  public Member {
    Names.require(name, Limits.PRINCIPAL_ID_CHARACTERS_MAX);
    displayName.ifPresent(text -> Names.require(text, Limits.NAME_CHARACTERS_MAX));
    Check.that(did.isPresent() == (kind == Kind.AGENT), "an agent has a DID, and nobody else");
    Check.that(
        did.map(Did::method).orElse(Did.Method.KEY) == Did.Method.KEY, "an agent's DID is its key");
    Check.that(
        revokedAt.isPresent() == (status == Status.REVOKED), "who is revoked was so at some time");
  }

  /** Where it belongs and whether it may act. */
  public Standing standing() {
    return new Standing(status, team, org);
  }

  /** The state of a member, as each of its requests needs it. */
  public record Standing(Status status, UuidV7 team, UuidV7 org) {}
}
