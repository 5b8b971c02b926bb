package io.talos.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.policy.PolicySubject.Kind;
import io.talos.contracts.registry.Threat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The aim: to be allowed what no binding in force gives, here and now. */
@Threat("T-CAPABILITYABUSE-01")
class UnboundSubjectTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Permission READ = Permission.parse("crm:record:read");
  private static final Permission WRITE = Permission.parse("crm:record:write");
  private static final PolicyRole READER = new PolicyRole("reader", "", List.of(READ));
  private static final PolicyRole EDITOR =
      new PolicyRole("editor", "", List.of(Permission.parse("crm:record:*")));
  private static final List<PolicyRole> ROLES = List.of(READER, EDITOR);
  private static final AccessSubject ALICE =
      new AccessSubject("alice", Set.of("agent"), Optional.of("team-1"), Optional.of("org-1"));
  private static final AccessSubject MALLORY = AccessSubject.of("mallory", Set.of("agent"));

  private static AccessScope record(String id) {
    return AccessScope.of("record", Map.of("id", id));
  }

  private static PolicyBinding binding(
      String id, Kind kind, String subject, String role, AccessScope scope) {
    return PolicyBinding.allow(id, new PolicySubject(kind, subject), role, scope);
  }

  private static PolicyBinding denying(PolicyBinding of) {
    return new PolicyBinding(
        of.id(), of.subject(), of.roleId(), AccessEffect.DENY, of.scope(), of.expiresAt());
  }

  private static AccessDecision decide(
      AccessSubject subject, Permission asked, AccessScope scope, PolicyBinding... bindings) {
    return AccessRules.of(3, ROLES, List.of(bindings)).decide(subject, asked, scope, NOW);
  }

  @Test
  void the_other_name_of_an_agent_is_no_way_around_what_is_forbidden() {
    Did bob = Did.ofKey(Ed25519.fromSeed(SecretBytes.of(new byte[32])).publicKey());
    PolicyBinding all =
        binding("all", Kind.GROUP, "agent", "editor", AccessScope.of("agent", Map.of("did", "*")));
    for (String bound : List.of(bob.text(), bob.alias())) {
      PolicyBinding never = denying(binding("never", Kind.GROUP, "agent", "editor", agent(bound)));
      PolicyBinding notBob =
          denying(binding("not-bob", Kind.PRINCIPAL, bound, "editor", AccessScope.everything()));
      for (String asked : List.of(bob.text(), bob.alias())) {
        assertThat(decide(MALLORY, WRITE, agent(asked), all, never).reason())
            .as("%s, asked for %s", bound, asked)
            .isEqualTo(AccessReason.RBAC_EXPLICITLY_DENIED);
        assertThat(
                decide(
                        AccessSubject.of(asked, Set.of("agent")),
                        WRITE,
                        agent("did:web:a.example"),
                        all,
                        notBob)
                    .reason())
            .isEqualTo(AccessReason.RBAC_EXPLICITLY_DENIED);
      }
      assertThat(decide(MALLORY, WRITE, agent("did:talos:00"), all, never).allowed()).isTrue();
    }
  }

  private static AccessScope agent(String did) {
    return AccessScope.of("agent", Map.of("did", did));
  }

  @Test
  void somebody_without_a_binding_is_denied() {
    AccessDecision decision =
        decide(
            MALLORY,
            READ,
            record("1"),
            binding("b", Kind.PRINCIPAL, "alice", "reader", record("1")));

    assertThat(decision.allowed()).isFalse();
    assertThat(decision.reason()).isEqualTo(AccessReason.RBAC_BINDING_NOT_FOUND);
    assertThat(decision.matchedBindings()).isEmpty();
    assertThat(decision.policyVersion()).isEqualTo(3);
  }

  @Test
  void a_role_without_the_permission_is_not_enough() {
    assertThat(
            decide(
                    ALICE,
                    WRITE,
                    record("1"),
                    binding("b", Kind.PRINCIPAL, "alice", "reader", AccessScope.everything()))
                .reason())
        .isEqualTo(AccessReason.RBAC_PERMISSION_DENIED);
  }

  @Test
  void a_permission_elsewhere_is_not_one_here() {
    assertThat(
            decide(
                    ALICE,
                    READ,
                    record("2"),
                    binding("b", Kind.PRINCIPAL, "alice", "reader", record("1")))
                .reason())
        .isEqualTo(AccessReason.RBAC_SCOPE_MISMATCH);
  }

  @Test
  void a_missing_role_permits_nothing_and_forbids_everything_it_might_mean() {
    PolicyBinding lost =
        binding("b", Kind.PRINCIPAL, "alice", "no-such-role", AccessScope.everything());

    assertThat(decide(ALICE, READ, record("1"), lost).reason())
        .isEqualTo(AccessReason.RBAC_ROLE_NOT_FOUND);
    AccessDecision forbidden =
        decide(
            ALICE,
            READ,
            record("1"),
            denying(lost),
            binding("c", Kind.PRINCIPAL, "alice", "reader", AccessScope.everything()));
    assertThat(forbidden.allowed()).isFalse();
    assertThat(forbidden.reason()).isEqualTo(AccessReason.RBAC_ROLE_NOT_FOUND);
  }

  @Test
  void a_deny_beats_every_allow_however_close() {
    AccessDecision decision =
        decide(
            ALICE,
            READ,
            record("1"),
            denying(binding("z", Kind.GROUP, "agent", "reader", AccessScope.everything())),
            binding("a", Kind.PRINCIPAL, "alice", "editor", record("1")));

    assertThat(decision.allowed()).isFalse();
    assertThat(decision.reason()).isEqualTo(AccessReason.RBAC_EXPLICITLY_DENIED);
    assertThat(decision.effectiveBinding()).contains("z");
    assertThat(decision.matchedBindings()).containsExactly("a", "z");
    assertThat(decision.matchedRoles()).containsExactly("editor", "reader");
  }

  @Test
  void a_deny_of_another_permission_or_place_forbids_nothing_else() {
    PolicyBinding allow = binding("a", Kind.PRINCIPAL, "alice", "editor", AccessScope.everything());
    PolicyBinding deny = denying(binding("d", Kind.PRINCIPAL, "alice", "reader", record("1")));

    assertThat(decide(ALICE, WRITE, record("1"), allow, deny).allowed()).isTrue();
    assertThat(decide(ALICE, READ, record("2"), allow, deny).allowed()).isTrue();
    assertThat(decide(ALICE, READ, record("1"), allow, deny).allowed()).isFalse();
  }

  @Test
  void a_binding_has_expired_at_its_very_instant() {
    PolicyBinding until =
        new PolicyBinding(
            "b",
            new PolicySubject(Kind.PRINCIPAL, "alice"),
            "reader",
            AccessEffect.ALLOW,
            AccessScope.everything(),
            Optional.of(NOW));
    AccessRules rules = AccessRules.of(1, ROLES, List.of(until));

    assertThat(rules.decide(ALICE, READ, record("1"), NOW.minusMillis(1)).allowed()).isTrue();
    assertThat(rules.decide(ALICE, READ, record("1"), NOW).reason())
        .isEqualTo(AccessReason.RBAC_BINDING_NOT_FOUND);
  }

  @Test
  void the_kind_of_a_subject_is_part_of_its_name() {
    PolicyBinding team = binding("t", Kind.TEAM, "team-1", "reader", AccessScope.everything());
    AccessSubject named = AccessSubject.of("team-1", Set.of("team-1"));

    assertThat(decide(ALICE, READ, record("1"), team).allowed()).isTrue();
    assertThat(decide(named, READ, record("1"), team).allowed()).isFalse();
    assertThat(
            decide(
                    ALICE,
                    READ,
                    record("1"),
                    binding("o", Kind.ORG, "org-1", "reader", AccessScope.everything()))
                .allowed())
        .isTrue();
  }

  @Test
  void of_two_bindings_the_closer_one_is_named_and_of_equally_close_ones_the_smaller_id() {
    AccessScope both = AccessScope.of("record", Map.of("id", "1", "owner", "bob"));
    AccessDecision decision =
        decide(
            ALICE,
            READ,
            both,
            binding("a", Kind.GROUP, "agent", "reader", AccessScope.everything()),
            binding("d", Kind.GROUP, "agent", "reader", record("1")),
            binding("c", Kind.PRINCIPAL, "alice", "editor", record("1")),
            binding("b", Kind.PRINCIPAL, "alice", "editor", record("*")));

    assertThat(decision.effectiveBinding()).contains("c");
    assertThat(decision.effectiveRole()).contains("editor");
    assertThat(decision.matchedBindings()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void the_order_of_bindings_changes_nothing() {
    Random random = new Random(7);
    List<PolicyBinding> bindings = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      PolicyBinding one =
          binding(
              "b" + i,
              random.nextBoolean() ? Kind.GROUP : Kind.PRINCIPAL,
              random.nextBoolean() ? "agent" : "alice",
              random.nextBoolean() ? "reader" : "editor",
              record(random.nextInt(4) == 0 ? "*" : "" + random.nextInt(6)));
      bindings.add(random.nextInt(12) == 0 ? denying(one) : one);
    }
    for (int round = 0; round < 200; round++) {
      AccessScope scope = record("" + random.nextInt(8));
      Permission asked = random.nextBoolean() ? READ : WRITE;
      AccessDecision first = AccessRules.of(1, ROLES, bindings).decide(ALICE, asked, scope, NOW);
      Collections.shuffle(bindings, random);
      assertThat(AccessRules.of(1, ROLES, bindings).decide(ALICE, asked, scope, NOW))
          .isEqualTo(first);
    }
  }

  @Test
  void a_binding_without_attributes_reaches_nothing_unless_it_reaches_everything() {
    AccessScope bare = AccessScope.of("record", Map.of());

    assertThat(bare.specificity(record("1"))).isEqualTo(AccessScope.NO_MATCH);
    assertThat(bare.specificity(bare)).isEqualTo(AccessScope.NO_MATCH);
    assertThat(AccessScope.everything().specificity(record("1"))).isZero();
  }

  @Test
  void a_star_that_a_request_names_is_only_a_text() {
    assertThat(record("1").specificity(record("*"))).isEqualTo(AccessScope.NO_MATCH);
    assertThat(record("*").specificity(record("*"))).isEqualTo(1);
  }

  @Test
  void what_a_request_does_not_name_fits_no_binding_that_asks_for_it() {
    AccessScope asks = AccessScope.of("record", Map.of("id", "1", "owner", "*"));

    assertThat(asks.specificity(record("1"))).isEqualTo(AccessScope.NO_MATCH);
    assertThat(asks.specificity(AccessScope.of("record", Map.of("id", "1", "owner", "bob"))))
        .isEqualTo(3);
  }

  @Test
  void an_organisation_reaches_its_own_teams_and_things_and_no_other_ones() {
    AccessScope org = AccessScope.of("org", Map.of("org_id", "org-1"));
    AccessScope team = AccessScope.of("team", Map.of("team_id", "team-1"));
    AccessScope its = AccessScope.of("team", Map.of("team_id", "team-1", "org_id", "org-1"));
    AccessScope thing = AccessScope.of("record", Map.of("id", "1", "team_id", "team-1"));

    assertThat(org.specificity(its)).isEqualTo(1);
    assertThat(org.specificity(team)).isEqualTo(AccessScope.NO_MATCH);
    assertThat(team.specificity(its)).isEqualTo(2);
    assertThat(team.specificity(thing)).isEqualTo(1);
    assertThat(team.specificity(org)).isEqualTo(AccessScope.NO_MATCH);
    assertThat(org.specificity(AccessScope.everything())).isEqualTo(AccessScope.NO_MATCH);
  }

  @Test
  void a_wildcard_is_one_whole_segment_and_never_part_of_one() {
    assertThat(Permission.parse("a2a:session:*").covers(Permission.parse("a2a:sessions:open")))
        .isFalse();
    assertThat(Permission.parse("a2a:*:*").covers(Permission.parse("a2ab:session:open"))).isFalse();
    assertThat(Permission.parse("*:*").covers(Permission.parse("a2a:session:open"))).isFalse();
    assertThat(Permission.parse("a2a:session:*").covers(Permission.parse("*:*:*"))).isFalse();
    for (String bad : List.of("a2a:sess*:open", "a2a", "a2a:session:open:now", "A2A:b:c", "a::b")) {
      assertThatThrownBy(() -> Permission.parse(bad))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
