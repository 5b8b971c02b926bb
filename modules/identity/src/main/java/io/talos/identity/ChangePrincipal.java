package io.talos.identity;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.PrincipalChanged;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.time.WireTime;
import io.talos.identity.authentication.AdmissionLock;
import io.talos.identity.directory.Directory;
import io.talos.identity.directory.Member;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Suspends a principal, lets it act again, ends it for good, or moves it to another team. From the
 * commit on every node goes by it.
 *
 * <p>Refuses with: {@link ErrorCode#PRINCIPAL_NOT_FOUND}, {@link ErrorCode#TEAM_NOT_FOUND}, {@link
 * ErrorCode#TALOS_INVALID_INPUT} when it was revoked before. Audited as {@code principal.changed}.
 */
@Dependent
public class ChangePrincipal {
  private final AdmissionLock lock;
  private final Directory directory;
  private final Event<PrincipalChanged> changed;
  private final InstantSource clock;

  @Inject
  ChangePrincipal(
      AdmissionLock lock,
      Directory directory,
      Event<PrincipalChanged> changed,
      InstantSource clock) {
    this.lock = lock;
    this.directory = directory;
    this.changed = changed;
    this.clock = clock;
  }

  /** Makes {@code status} and {@code team} hold from now on. */
  @Transactional
  public Outcome<Member> change(UuidV7 id, Member.Status status, UuidV7 team) {
    // Before everything else, as in every admission.
    lock.waitForAdmissions();
    if (directory.member(id).isEmpty()) {
      return Outcome.refused(ErrorCode.PRINCIPAL_NOT_FOUND);
    }
    if (directory.team(team).isEmpty()) {
      return Outcome.refused(ErrorCode.TEAM_NOT_FOUND);
    }
    if (!directory.change(id, status, team, WireTime.cut(clock.instant()))) {
      return Outcome.refused(ErrorCode.TALOS_INVALID_INPUT);
    }
    changed.fire(new PrincipalChanged(id, status.wire(), team));
    Optional<Member> now = directory.member(id);
    return now.map(Outcome::done).orElseGet(() -> Outcome.refused(ErrorCode.PRINCIPAL_NOT_FOUND));
  }
}
