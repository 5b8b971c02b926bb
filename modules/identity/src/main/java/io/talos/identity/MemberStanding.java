package io.talos.identity;

import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.port.RequestAuthentication.Authenticated;
import io.talos.contracts.port.RequestAuthentication.Refused;
import io.talos.contracts.port.RequestAuthentication.Result;
import io.talos.contracts.principal.Principal;
import io.talos.identity.directory.Directory;
import io.talos.identity.directory.Member;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Gives a caller whose credential is good its team, or turns it away when an operator suspended or
 * ended it. Whom the directory does not know is nobody's member and may go on.
 *
 * <p>Refuses with: {@link ErrorCode#PRINCIPAL_SUSPENDED}, {@link ErrorCode#AUTH_REVOKED}.
 */
@Dependent
public class MemberStanding {
  private final Directory directory;

  @Inject
  MemberStanding(Directory directory) {
    this.directory = directory;
  }

  /** An agent that signed. */
  Result ofAgent(Authenticated caller, Did did) {
    return judged(caller, directory.agent(did));
  }

  /** A user with an operator token. */
  Result ofUser(Authenticated caller, String subject) {
    return judged(caller, directory.user(subject));
  }

  /** A service account that a virtual key speaks for; it is there, because the key names it. */
  Result ofServiceAccount(Authenticated caller, UuidV7 id) {
    return judged(caller, directory.member(id).map(Member::standing));
  }

  /** A virtual key that belongs to a team as such. */
  Result ofTeam(Authenticated caller, UuidV7 team) {
    return directory
        .team(team)
        .<Result>map(
            known ->
                new Authenticated(caller.principal().in(known.id(), known.org()), caller.proof()))
        .orElse(caller);
  }

  private static Result judged(Authenticated caller, Optional<Member.Standing> standing) {
    if (standing.isEmpty()) {
      return caller;
    }
    Principal principal = caller.principal();
    return standing
        .get()
        .status()
        .refusal()
        .<Result>map(
            code -> new Refused(code, "the principal may not act", Optional.of(principal.id())))
        .orElseGet(
            () ->
                new Authenticated(
                    principal.in(standing.get().team(), standing.get().org()), caller.proof()));
  }
}
