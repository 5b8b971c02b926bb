package io.talos.identity;

import static io.talos.identity.Authentication.authenticated;
import static io.talos.identity.Authentication.bearer;
import static io.talos.identity.Authentication.code;
import static io.talos.identity.Authentication.refused;
import static io.talos.identity.Authentication.signed;
import static io.talos.identity.Authentication.with;
import static io.talos.identity.Outcomes.done;
import static io.talos.identity.Outcomes.refusal;
import static io.talos.identity.People.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.event.OrgCreated;
import io.talos.contracts.event.PrincipalChanged;
import io.talos.contracts.event.PrincipalCreated;
import io.talos.contracts.event.TeamCreated;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.port.OperatorToken;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.registry.Threat;
import io.talos.identity.authentication.NotedLock;
import io.talos.identity.directory.Directory;
import io.talos.identity.directory.Domain;
import io.talos.identity.directory.Member;
import io.talos.identity.directory.Org;
import io.talos.identity.directory.Team;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mallory was a member of Acme, and goes on as if she still were; or wants to be one twice. */
@Threat("T-IMPERSONATION-01")
class SuspendedMemberTest {
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);

  private final Authentication server = new Authentication();
  private final Directory directory = server.directory;
  private final UuidV7Generator ids = new UuidV7Generator(Randomness.secure());
  private final RecordedEvents<OrgCreated> orgs = new RecordedEvents<>();
  private final RecordedEvents<TeamCreated> teams = new RecordedEvents<>();
  private final RecordedEvents<PrincipalCreated> created = new RecordedEvents<>();
  private final RecordedEvents<PrincipalChanged> changed = new RecordedEvents<>();
  private final CreateOrg createOrg = new CreateOrg(directory, ids, orgs, CLOCK);
  private final CreateTeam createTeam = new CreateTeam(directory, ids, teams, CLOCK);
  private final CreatePrincipal createPrincipal =
      new CreatePrincipal(directory, ids, created, CLOCK);
  private final ChangePrincipal changePrincipal =
      new ChangePrincipal(new NotedLock(), directory, changed, CLOCK);

  private final Org acme = done(createOrg.create("Acme", "acme.example"));
  private final Team builders = done(createTeam.create(acme.id(), "builders"));

  @Test
  void an_agent_is_known_with_its_team_and_turned_away_when_it_is_suspended() {
    People alice = People.ALICE;
    server.agents.add(alice.agent());
    Member member = done(createPrincipal.create(agent("alice", alice)));

    Principal known = authenticated(server.authenticate(signed(alice, NOW))).principal();
    assertThat(known.team()).contains(builders.id());
    assertThat(known.org()).contains(acme.id());

    change(member, Member.Status.SUSPENDED);
    assertThat(code(server.authenticate(signed(alice, NOW))))
        .isEqualTo(ErrorCode.PRINCIPAL_SUSPENDED);

    change(member, Member.Status.ACTIVE);
    authenticated(server.authenticate(signed(alice, NOW)));

    change(member, Member.Status.REVOKED);
    assertThat(code(server.authenticate(signed(alice, NOW)))).isEqualTo(ErrorCode.AUTH_REVOKED);
  }

  @Test
  void who_was_revoked_does_not_come_back_and_cannot_be_made_again() {
    People alice = People.ALICE;
    Member member = done(createPrincipal.create(agent("alice", alice)));
    change(member, Member.Status.REVOKED);

    assertThat(refusal(changePrincipal.change(member.id(), Member.Status.ACTIVE, builders.id())))
        .isEqualTo(ErrorCode.TALOS_INVALID_INPUT);
    assertThat(refusal(createPrincipal.create(agent("alice again", alice))))
        .isEqualTo(ErrorCode.PRINCIPAL_EXISTS);
    assertThat(directory.member(member.id()).orElseThrow().status())
        .isEqualTo(Member.Status.REVOKED);
    assertThat(created.fired()).hasSize(1);
    assertThat(changed.fired()).hasSize(1);
  }

  @Test
  void an_operator_with_a_good_token_is_turned_away_when_the_user_is_suspended() {
    Member olga = done(createPrincipal.create(wanted(Member.Kind.USER, "olga")));
    OperatorToken token =
        new OperatorToken(
            "olga",
            Set.of("operator"),
            "t1",
            Authentication.OPERATOR_KEY,
            NOW.plus(Duration.ofHours(1)));

    Principal known =
        authenticated(server.authenticate(with(bearer("Bearer ey.j.w"), token))).principal();
    assertThat(known.team()).contains(builders.id());

    change(olga, Member.Status.SUSPENDED);

    assertThat(code(server.authenticate(with(bearer("Bearer ey.j.w"), token))))
        .isEqualTo(ErrorCode.PRINCIPAL_SUSPENDED);
  }

  @Test
  void a_service_accounts_keys_stand_and_fall_with_it_and_follow_it_to_another_team() {
    Member robot = done(createPrincipal.create(wanted(Member.Kind.SERVICE_ACCOUNT, "robot")));
    String key = key(Optional.empty(), Optional.of(robot.id()));
    Team movers = done(createTeam.create(acme.id(), "movers"));

    assertThat(authenticated(server.authenticate(bearer(key))).principal().team())
        .contains(builders.id());
    done(changePrincipal.change(robot.id(), Member.Status.ACTIVE, movers.id()));
    assertThat(authenticated(server.authenticate(bearer(key))).principal().team())
        .contains(movers.id());

    done(changePrincipal.change(robot.id(), Member.Status.SUSPENDED, movers.id()));
    assertThat(code(server.authenticate(bearer(key)))).isEqualTo(ErrorCode.PRINCIPAL_SUSPENDED);
  }

  @Test
  void a_key_speaks_for_a_service_account_of_its_own_team_and_for_nobody_else() {
    Member olga = done(createPrincipal.create(wanted(Member.Kind.USER, "olga")));
    Member robot = done(createPrincipal.create(wanted(Member.Kind.SERVICE_ACCOUNT, "robot")));
    Team movers = done(createTeam.create(acme.id(), "movers"));
    IssueVirtualKey issue = server.issue(new RecordedEvents<>(), CLOCK);

    assertThat(refusal(issue.issue(wish(Optional.empty(), Optional.of(olga.id())))))
        .isEqualTo(ErrorCode.PRINCIPAL_NOT_FOUND);
    assertThat(refusal(issue.issue(wish(Optional.of(movers.id()), Optional.of(robot.id())))))
        .isEqualTo(ErrorCode.PRINCIPAL_NOT_FOUND);
    assertThat(refusal(issue.issue(wish(Optional.of(ids.next(NOW)), Optional.empty()))))
        .isEqualTo(ErrorCode.TEAM_NOT_FOUND);
    assertThat(server.keys.all()).isEmpty();

    change(robot, Member.Status.REVOKED);
    assertThat(refusal(issue.issue(wish(Optional.empty(), Optional.of(robot.id())))))
        .isEqualTo(ErrorCode.PRINCIPAL_NOT_FOUND);
  }

  @Test
  void a_key_of_a_team_says_its_team_and_its_use_is_recorded_but_a_failed_try_is_not() {
    String key = key(Optional.of(builders.id()), Optional.empty());
    assertThat(server.keys.all().iterator().next().lastUsedAt()).isEmpty();

    refused(server.authenticate(bearer(key.substring(0, key.length() - 2) + "AA")));
    assertThat(server.keys.all().iterator().next().lastUsedAt()).isEmpty();

    Principal known = authenticated(server.authenticate(bearer(key))).principal();
    assertThat(known.team()).contains(builders.id());
    assertThat(server.keys.all().iterator().next().lastUsedAt()).contains(NOW);
  }

  @Test
  void a_new_pepper_leaves_the_keys_good_that_were_made_under_the_old_one() {
    String old = key(Optional.empty(), Optional.empty());
    IssueVirtualKey issue =
        server.issue(server.pepper("identity/pepper-2"), new RecordedEvents<>(), CLOCK);

    IssueVirtualKey.Issued fresh = done(issue.issue(wish(Optional.empty(), Optional.empty())));

    assertThat(fresh.key().pepperId()).isEqualTo("identity/pepper-2");
    authenticated(server.authenticate(bearer(old)));
    authenticated(server.authenticate(bearer("Bearer " + fresh.text().reveal())));
  }

  @Test
  void one_domain_one_name_in_an_organisation_one_subject_are_given_once() {
    assertThat(refusal(createOrg.create("Acme too", "acme.example")))
        .isEqualTo(ErrorCode.ORG_EXISTS);
    assertThat(refusal(createTeam.create(acme.id(), "builders"))).isEqualTo(ErrorCode.TEAM_EXISTS);
    assertThat(refusal(createTeam.create(ids.next(NOW), "x"))).isEqualTo(ErrorCode.ORG_NOT_FOUND);
    done(createPrincipal.create(wanted(Member.Kind.USER, "olga")));
    assertThat(refusal(createPrincipal.create(wanted(Member.Kind.USER, "olga"))))
        .isEqualTo(ErrorCode.PRINCIPAL_EXISTS);
    done(createPrincipal.create(wanted(Member.Kind.SERVICE_ACCOUNT, "olga")));
    assertThat(orgs.fired()).hasSize(1);
    assertThat(teams.fired()).hasSize(1);
    assertThat(created.fired()).hasSize(2);
    assertThat(created.fired().get(0).facts().meta().toString()).doesNotContain("olga");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com",
        "example",
        "127.0.0.1",
        "a.b.1",
        "x.0x7f",
        "Acme.example",
        "-a.example",
        "a..example",
        "a.example.",
        "a_b.example",
        "a.example/",
        ""
      })
  void what_would_vouch_for_everybody_or_is_no_name_is_no_domain(String text) {
    assertThatThrownBy(() -> new Domain(text)).isInstanceOf(TalosException.class);
  }

  @Test
  void a_domain_vouches_for_itself_and_what_is_below_and_for_no_lookalike() {
    assertThat(directory.domainOf("acme.example")).contains("acme.example");
    assertThat(directory.domainOf("did.acme.example")).contains("acme.example");
    for (String host : List.of("notacme.example", "acme.example.evil.test", "example")) {
      assertThat(directory.domainOf(host)).as(host).isEmpty();
    }
  }

  private void change(Member member, Member.Status status) {
    done(changePrincipal.change(member.id(), status, builders.id()));
  }

  private CreatePrincipal.Wanted agent(String name, People who) {
    return new CreatePrincipal.Wanted(
        Member.Kind.AGENT, name, builders.id(), Optional.of(who.did()), Optional.empty());
  }

  private CreatePrincipal.Wanted wanted(Member.Kind kind, String name) {
    return new CreatePrincipal.Wanted(
        kind, name, builders.id(), Optional.empty(), Optional.empty());
  }

  private static IssueVirtualKey.Wanted wish(Optional<UuidV7> team, Optional<UuidV7> principal) {
    Optional<Instant> end = Optional.empty();
    return new IssueVirtualKey.Wanted("chat", end, team, principal);
  }

  private String key(Optional<UuidV7> team, Optional<UuidV7> principal) {
    IssueVirtualKey issue = server.issue(new RecordedEvents<>(), CLOCK);
    return "Bearer " + done(issue.issue(wish(team, principal))).text().reveal();
  }
}
