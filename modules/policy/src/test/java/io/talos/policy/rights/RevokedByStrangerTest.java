package io.talos.policy.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.capability.Attenuation;
import io.talos.contracts.capability.CapabilityVerifier;
import io.talos.contracts.capability.Link;
import io.talos.contracts.capability.RootGrant;
import io.talos.contracts.capability.Scope;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.principal.AuthMode;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.principal.PrincipalKind;
import io.talos.contracts.registry.Threat;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The aim: to take away what somebody else granted. */
@Threat("T-CAPABILITYABUSE-01")
class RevokedByStrangerTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final UuidV7 ID = new UuidV7("019aa000-0000-7000-8000-000000000001");
  private static final Ed25519.KeyPair AUTHORITY = Ed25519.generate(Randomness.secure());
  private static final Ed25519.KeyPair ALICE = Ed25519.generate(Randomness.secure());
  private static final Ed25519.KeyPair BOB = Ed25519.generate(Randomness.secure());

  private final UnverifiedCapability bobs =
      Attenuation.of(
              RootGrant.of(
                      did(ALICE), "here", List.of(Scope.ofTool("notes")), NOW.plusSeconds(3600))
                  .withDelegationDepth(1)
                  .signedBy(AUTHORITY, ID, NOW),
              did(BOB))
          .signedBy(ALICE, ID, NOW);

  @Test
  void an_operator_revokes_any_link_and_alice_the_one_that_she_signed() {
    assertThat(refusal(PrincipalKind.OPERATOR, "operator:olga", bobs.leaf().hash(), null))
        .isEmpty();
    assertThat(refusal(PrincipalKind.AGENT, did(ALICE).text(), bobs.leaf().hash(), bobs)).isEmpty();
  }

  @Test
  void alice_cannot_revoke_the_grant_that_she_was_given_nor_bob_the_link_that_he_got() {
    assertThat(refusal(PrincipalKind.AGENT, did(ALICE).text(), bobs.root().hash(), bobs))
        .contains(ErrorCode.TALOS_DENIED);
    assertThat(refusal(PrincipalKind.AGENT, did(BOB).text(), bobs.leaf().hash(), bobs))
        .contains(ErrorCode.TALOS_DENIED);
  }

  @Test
  void an_agent_that_shows_nothing_or_another_link_revokes_nothing() {
    assertThat(refusal(PrincipalKind.AGENT, did(ALICE).text(), bobs.leaf().hash(), null))
        .contains(ErrorCode.TALOS_DENIED);
    assertThat(refusal(PrincipalKind.AGENT, did(ALICE).text(), Bytes.of(new byte[32]), bobs))
        .contains(ErrorCode.TALOS_DENIED);
  }

  @Test
  void a_link_in_alices_name_that_she_did_not_sign_is_not_hers() {
    Link forged = new Link(bobs.leaf().terms(), Bytes.of(new byte[Ed25519.SIGNATURE_SIZE]));
    UnverifiedCapability chain = new UnverifiedCapability(List.of(bobs.root(), forged));

    assertThat(refusal(PrincipalKind.AGENT, did(ALICE).text(), forged.hash(), chain))
        .contains(ErrorCode.TALOS_DENIED);
  }

  @Test
  void a_virtual_key_revokes_nothing_whatever_it_is_called() {
    assertThat(refusal(PrincipalKind.CLIENT, did(ALICE).text(), bobs.leaf().hash(), bobs))
        .contains(ErrorCode.TALOS_DENIED);
  }

  @Test
  void mallory_cannot_fill_the_revocations_with_chains_of_her_own_making() {
    Ed25519.KeyPair mallory = Ed25519.generate(Randomness.secure());
    UnverifiedCapability made =
        RootGrant.of(did(BOB), "here", List.of(Scope.ofTool("notes")), NOW.plusSeconds(3600))
            .withDelegationDepth(1)
            .signedBy(mallory, ID, NOW);

    assertThat(refusal(PrincipalKind.AGENT, did(mallory).text(), made.root().hash(), made))
        .contains(ErrorCode.TALOS_DENIED);
  }

  private static Optional<ErrorCode> refusal(
      PrincipalKind kind, String id, Bytes link, @Nullable UnverifiedCapability shown) {
    AuthMode mode = kind == PrincipalKind.AGENT ? AuthMode.SIGNED : AuthMode.BEARER;
    return RevocationRight.refusal(
        new Principal(kind, id, Set.of(), mode),
        link,
        Optional.ofNullable(shown).map(UnverifiedCapability::header),
        new CapabilityVerifier(Set.of(did(AUTHORITY)), "here"));
  }

  private static Did did(Ed25519.KeyPair actor) {
    return Did.ofKey(actor.publicKey());
  }
}
