package io.talos.contracts.capability;

import static io.talos.contracts.capability.CapabilityCast.ALICE;
import static io.talos.contracts.capability.CapabilityCast.AUTHORITY;
import static io.talos.contracts.capability.CapabilityCast.BOB;
import static io.talos.contracts.capability.CapabilityCast.ID;
import static io.talos.contracts.capability.CapabilityCast.MALLORY;
import static io.talos.contracts.capability.CapabilityCast.NOW;
import static io.talos.contracts.capability.CapabilityCast.ROOT_ENDS;
import static io.talos.contracts.capability.CapabilityCast.alices;
import static io.talos.contracts.capability.CapabilityCast.amountUpTo;
import static io.talos.contracts.capability.CapabilityCast.answer;
import static io.talos.contracts.capability.CapabilityCast.bobs;
import static io.talos.contracts.capability.CapabilityCast.did;
import static io.talos.contracts.capability.CapabilityCast.followedBy;
import static io.talos.contracts.capability.CapabilityCast.next;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.registry.Threat;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The aim: to get more out of a capability than was put in. */
@Threat("T-CAPABILITYABUSE-01")
class WidenedCapabilityTest {
  private static final String REFUSED = ErrorCode.CAPABILITY_DELEGATION_INVALID.name();

  @Test
  void what_alice_was_granted_and_what_she_passed_on_both_work() {
    assertThat(answer(alices(), ALICE, NOW)).isEqualTo("VERIFIED");
    assertThat(answer(bobs(), BOB, NOW)).isEqualTo("VERIFIED");
  }

  @Test
  void bob_cannot_pass_on_what_ends_with_him() {
    assertThatThrownBy(() -> Attenuation.of(bobs(), did(MALLORY)))
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CAPABILITY_DELEGATION_INVALID));

    Terms anyway = next(bobs(), BOB, MALLORY);

    assertThat(answer(followedBy(bobs(), anyway, BOB), MALLORY, NOW)).isEqualTo(REFUSED);
  }

  @Test
  void alice_cannot_sign_a_wider_scope_life_depth_or_call_limit_for_mallory() {
    assertRefused(
        a -> a.withScope(List.of(Scope.ofTool("notes"), Scope.ofTool("mail"))),
        t -> with(t, List.of(Scope.ofTool("notes"), Scope.ofTool("mail")), t.expiresAt(), 1, 10));
    assertRefused(
        a -> a.expiringAt(ROOT_ENDS.plusMillis(1)),
        t -> with(t, t.scope(), ROOT_ENDS.plusMillis(1), 1, 10));
    assertRefused(a -> a.withDelegationDepth(2), t -> with(t, t.scope(), t.expiresAt(), 2, 10));
    assertRefused(a -> a.withCalls(11), t -> with(t, t.scope(), t.expiresAt(), 1, 11));
  }

  @Test
  void alice_cannot_drop_or_loosen_a_constraint_for_mallory() {
    assertRefused(a -> a.withConstraints(List.of()), t -> constrained(t, List.of()));
    assertRefused(
        a -> a.withConstraints(List.of(amountUpTo(101))),
        t -> constrained(t, List.of(amountUpTo(101))));
  }

  /** Both sides refuse: the builder to sign it, and the verifier what another builder signed. */
  private static void assertRefused(
      Function<Attenuation, Attenuation> widened, Function<Terms, Terms> forged) {
    assertThatThrownBy(
            () -> widened.apply(Attenuation.of(alices(), did(MALLORY))).signedBy(ALICE, ID, NOW))
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CAPABILITY_DELEGATION_INVALID));

    Terms terms = forged.apply(next(alices(), ALICE, MALLORY));
    assertThat(answer(followedBy(alices(), terms, ALICE), MALLORY, NOW)).isEqualTo(REFUSED);
  }

  private static Terms with(Terms t, List<Scope> scope, Instant expiresAt, int depth, long calls) {
    return with(
        t,
        t.rights()
            .withScope(scope)
            .expiringAt(expiresAt)
            .withDelegationDepth(depth)
            .withCalls(OptionalLong.of(calls)));
  }

  private static Terms constrained(Terms t, List<Constraint> constraints) {
    return with(t, t.rights().withConstraints(constraints));
  }

  private static Terms with(Terms t, Rights rights) {
    return new Terms(
        t.id(),
        t.issuer(),
        t.issuerKey(),
        t.subject(),
        t.audience(),
        t.issuedAt(),
        rights,
        t.parent());
  }

  @Test
  void mallory_cannot_use_bobs_token_as_herself() {
    assertThat(answer(bobs(), MALLORY, NOW))
        .isEqualTo(ErrorCode.CAPABILITY_SUBJECT_MISMATCH.name());
  }

  @Test
  void bob_cannot_cut_his_link_off_but_alice_may_use_what_is_left() {
    UnverifiedCapability cut = new UnverifiedCapability(List.of(bobs().root()));

    assertThat(answer(cut, BOB, NOW)).isEqualTo(ErrorCode.CAPABILITY_SUBJECT_MISMATCH.name());
    assertThat(answer(cut, ALICE, NOW)).isEqualTo("VERIFIED");
  }

  @Test
  void mallory_cannot_hang_bobs_link_on_another_grant_of_alice() {
    UnverifiedCapability wider =
        RootGrant.of(
                did(ALICE),
                CapabilityCast.AUDIENCE,
                List.of(Scope.ofTool("notes"), Scope.ofTool("mail")),
                ROOT_ENDS)
            .withDelegationDepth(2)
            .signedBy(AUTHORITY, ID, NOW);
    UnverifiedCapability grafted = new UnverifiedCapability(List.of(wider.root(), bobs().leaf()));

    assertThat(answer(grafted, BOB, NOW)).isEqualTo(REFUSED);
  }

  @Test
  void mallory_cannot_continue_alices_grant_with_her_own_key() {
    Terms hers = next(alices(), MALLORY, MALLORY);

    assertThat(answer(followedBy(alices(), hers, MALLORY), MALLORY, NOW)).isEqualTo(REFUSED);
    assertThatThrownBy(() -> Attenuation.of(alices(), did(MALLORY)).signedBy(MALLORY, ID, NOW))
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CAPABILITY_DELEGATION_INVALID));
  }

  @Test
  void mallory_cannot_put_alices_name_on_a_link_that_she_signed_herself() {
    Terms inAlicesName = next(alices(), ALICE, MALLORY);
    Ed25519.KeyPair hers = MALLORY;
    Link forged = new Link(inAlicesName, hers.sign(inAlicesName.signed()));
    UnverifiedCapability chain = new UnverifiedCapability(List.of(alices().root(), forged));

    assertThat(answer(chain, MALLORY, NOW))
        .isEqualTo(ErrorCode.CAPABILITY_SIGNATURE_INVALID.name());
  }

  @Test
  void mallory_cannot_be_her_own_authority() {
    UnverifiedCapability own =
        RootGrant.of(
                did(MALLORY), CapabilityCast.AUDIENCE, List.of(Scope.ofTool("notes")), ROOT_ENDS)
            .signedBy(MALLORY, ID, NOW);

    assertThat(answer(own, MALLORY, NOW)).isEqualTo(ErrorCode.CAPABILITY_ISSUER_UNTRUSTED.name());
  }

  @Test
  void at_the_very_instant_of_its_end_a_link_has_ended() {
    Instant end = bobs().leaf().terms().expiresAt();

    assertThat(answer(bobs(), BOB, end.minusNanos(1))).isEqualTo("VERIFIED");
    assertThat(answer(bobs(), BOB, end)).isEqualTo(ErrorCode.CAPABILITY_EXPIRED.name());
  }

  @Test
  void at_the_very_instant_of_its_start_a_link_is_valid() {
    Instant start = NOW.plusSeconds(60);
    UnverifiedCapability later =
        RootGrant.of(did(ALICE), CapabilityCast.AUDIENCE, List.of(Scope.ofTool("notes")), ROOT_ENDS)
            .startingAt(start)
            .signedBy(AUTHORITY, ID, NOW);

    assertThat(answer(later, ALICE, start)).isEqualTo("VERIFIED");
    assertThat(answer(later, ALICE, start.minusNanos(1)))
        .isEqualTo(ErrorCode.CAPABILITY_NOT_YET_VALID.name());
  }

  @Test
  void a_constraint_of_the_root_binds_bob_too() {
    Capability bobs =
        new CapabilityVerifier(java.util.Set.of(did(AUTHORITY)), CapabilityCast.AUDIENCE)
            .verify(bobs(), new Presentation(did(BOB).text(), new Need.Call("notes", "read"), NOW))
            .match(good -> Optional.of(good.capability()), refused -> Optional.<Capability>empty())
            .orElseThrow();

    assertThat(bobs.brokenBy(amount(100))).isEmpty();
    assertThat(bobs.brokenBy(amount(101))).isPresent();
  }

  private static jakarta.json.JsonObject amount(int amount) {
    return jakarta.json.Json.createObjectBuilder().add("amount", amount).build();
  }
}
