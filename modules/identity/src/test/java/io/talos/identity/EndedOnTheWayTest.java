package io.talos.identity;

import static io.talos.identity.Authentication.authenticated;
import static io.talos.identity.Authentication.bearer;
import static io.talos.identity.Authentication.signed;
import static io.talos.identity.Authentication.with;
import static io.talos.identity.Outcomes.done;
import static io.talos.identity.People.ALICE;
import static io.talos.identity.People.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.RequestContext;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.event.PrincipalChanged;
import io.talos.contracts.event.RequestAdmitted;
import io.talos.contracts.event.VirtualKeyRevoked;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.json.Json;
import io.talos.contracts.port.OperatorToken;
import io.talos.contracts.port.UnverifiedRequest;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.registry.Threat;
import io.talos.identity.authentication.NotedLock;
import io.talos.identity.directory.Member;
import io.talos.identity.directory.Team;
import io.talos.runtime.request.CurrentRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Mallory sends a request while she still may, and lets it wait until she no longer may: her
 * membership is suspended, or her virtual key ends, between authentication and admission.
 */
@Threat("T-IMPERSONATION-01")
class EndedOnTheWayTest {
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);

  private final Authentication server = new Authentication();
  private final UuidV7Generator ids = new UuidV7Generator(Randomness.secure());
  private final NotedLock lock = new NotedLock();
  private final RecordedEvents<PrincipalChanged> changed = new RecordedEvents<>();
  private final RecordedEvents<VirtualKeyRevoked> revoked = new RecordedEvents<>();
  private final ChangePrincipal change =
      new ChangePrincipal(lock, server.directory, changed, CLOCK);
  private final RevokeVirtualKey revoke = new RevokeVirtualKey(lock, server.keys, revoked, CLOCK);
  private final Team team =
      done(
          new CreateTeam(server.directory, ids, new RecordedEvents<>(), CLOCK)
              .create(
                  done(new CreateOrg(server.directory, ids, new RecordedEvents<>(), CLOCK)
                          .create("Acme", "acme.example"))
                      .id(),
                  "builders"));

  private Member member(Member.Kind kind, String name) {
    return done(
        new CreatePrincipal(server.directory, ids, new RecordedEvents<>(), CLOCK)
            .create(
                new CreatePrincipal.Wanted(
                    kind,
                    name,
                    team.id(),
                    kind == Member.Kind.AGENT ? Optional.of(ALICE.did()) : Optional.empty(),
                    Optional.empty())));
  }

  private IssueVirtualKey.Issued key(Optional<Instant> end, Optional<UuidV7> account) {
    return done(
        server
            .issue(new RecordedEvents<>(), CLOCK)
            .issue(new IssueVirtualKey.Wanted("chat", end, Optional.empty(), account)));
  }

  private Principal known(UnverifiedRequest request) {
    return authenticated(server.authenticate(request)).principal();
  }

  private Principal known(IssueVirtualKey.Issued key) {
    return known(bearer("Bearer " + key.text().reveal()));
  }

  private void admit(Principal caller, Instant when) {
    UuidV7 id = ids.next(NOW);
    CurrentRequest current = new CurrentRequest();
    current.become(
        new RequestContext(
            id, Optional.of(id), Authentication.SURFACE, "GET", "/", "127.0.0.1", caller));
    new OnRequestAdmitted(lock, server.keys, server.directory, current, InstantSource.fixed(when))
        .confirm(
            new RequestAdmitted(
                id,
                id,
                Optional.empty(),
                AuditFacts.act(
                    "request.admitted",
                    new AuditFacts.Resource("surface", Authentication.SURFACE),
                    Json.createObjectBuilder().build())));
  }

  private void passes(Principal caller) {
    assertThatCode(() -> admit(caller, NOW)).doesNotThrowAnyException();
  }

  private void stops(Principal caller, Instant when, ErrorCode code) {
    int before = lock.heldBack();
    assertThatThrownBy(() -> admit(caller, when))
        .isInstanceOfSatisfying(TalosException.class, e -> assertThat(e.code()).isEqualTo(code));
    assertThat(lock.heldBack()).as("asked under the lock").isEqualTo(before + 1);
  }

  private void become(Member member, Member.Status status) {
    int before = lock.waited();
    done(change.change(member.id(), status, team.id()));
    assertThat(lock.waited()).as("waits for admissions").isEqualTo(before + 1);
  }

  @Test
  void an_agent_that_was_suspended_on_the_way_is_not_admitted() {
    server.agents.add(ALICE.agent());
    Member alice = member(Member.Kind.AGENT, "alice");
    Principal caller = known(signed(ALICE, NOW));
    passes(caller);

    become(alice, Member.Status.SUSPENDED);
    stops(caller, NOW, ErrorCode.PRINCIPAL_SUSPENDED);

    become(alice, Member.Status.REVOKED);
    stops(caller, NOW, ErrorCode.AUTH_REVOKED);
  }

  @Test
  void an_operator_who_was_suspended_on_the_way_is_not_admitted() {
    Member olga = member(Member.Kind.USER, "olga");
    OperatorToken token =
        new OperatorToken(
            "olga",
            Set.of("operator"),
            "t1",
            Authentication.OPERATOR_KEY,
            NOW.plus(Duration.ofHours(1)));
    Principal caller = known(with(bearer("Bearer ey.j.w"), token));
    passes(caller);

    become(olga, Member.Status.SUSPENDED);

    stops(caller, NOW, ErrorCode.PRINCIPAL_SUSPENDED);
  }

  @Test
  void a_virtual_key_that_was_revoked_on_the_way_is_not_admitted() {
    IssueVirtualKey.Issued key = key(Optional.empty(), Optional.empty());
    Principal caller = known(key);
    passes(caller);

    done(revoke.revoke(key.key().id()));

    stops(caller, NOW, ErrorCode.AUTH_REVOKED);
    assertThat(lock.waited()).isEqualTo(1);
  }

  @Test
  void a_virtual_key_that_expired_on_the_way_is_not_admitted_at_its_end_itself() {
    Instant end = NOW.plusSeconds(3600);
    Principal caller = known(key(Optional.of(end), Optional.empty()));

    assertThatCode(() -> admit(caller, end.minusMillis(1))).doesNotThrowAnyException();

    stops(caller, end, ErrorCode.AUTH_EXPIRED);
  }

  @Test
  void a_service_account_that_was_suspended_on_the_way_takes_its_keys_with_it() {
    Member robot = member(Member.Kind.SERVICE_ACCOUNT, "robot");
    Principal caller = known(key(Optional.empty(), Optional.of(robot.id())));
    passes(caller);

    become(robot, Member.Status.SUSPENDED);

    stops(caller, NOW, ErrorCode.PRINCIPAL_SUSPENDED);
  }

  @Test
  void an_agent_that_is_nobodys_member_costs_no_lock() {
    server.agents.add(ALICE.agent());

    passes(known(signed(ALICE, NOW)));

    assertThat(lock.heldBack()).isZero();
  }
}
