package io.talos.policy.bundles;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.policy.PolicyDocument;
import io.talos.contracts.policy.PolicyStatement;
import io.talos.contracts.registry.Threat;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Mallory can write to the database, and has an operator's token, but no policy key. */
@Threat("T-CAPABILITYABUSE-01")
class UnsignedPolicyTest {
  private static final Ed25519.KeyPair ALICE = Ed25519.generate(Randomness.secure());
  private static final Ed25519.KeyPair MALLORY = Ed25519.generate(Randomness.secure());
  private static final Set<Did> KEYS = Set.of(Did.ofKey(ALICE.publicKey()));
  private static final PolicySigners PROD = new PolicySigners(KEYS, true);
  private static final PolicySigners DEV = new PolicySigners(KEYS, false);

  private static PolicyStatement statement(long version) {
    return new PolicyStatement(
        "https://talos.example.org", version, PolicyDocument.empty().digest());
  }

  @Test
  void an_unsigned_policy_is_good_for_newcomers_only() {
    assertThat(PROD.refusal(statement(7), Optional.empty()))
        .contains(ErrorCode.POLICY_SIGNATURE_REQUIRED);
    assertThat(DEV.refusal(statement(7), Optional.empty())).isEmpty();
  }

  @Test
  void a_signature_of_a_listed_key_is_good_and_of_another_key_never() {
    for (PolicySigners signers : Set.of(PROD, DEV)) {
      assertThat(signers.refusal(statement(7), Optional.of(statement(7).signedBy(ALICE))))
          .isEmpty();
      assertThat(signers.refusal(statement(7), Optional.of(statement(7).signedBy(MALLORY))))
          .contains(ErrorCode.POLICY_SIGNATURE_INVALID);
    }
  }

  @Test
  void what_was_signed_for_an_earlier_version_does_not_come_back_as_a_later_one() {
    assertThat(PROD.refusal(statement(8), Optional.of(statement(7).signedBy(ALICE))))
        .contains(ErrorCode.POLICY_SIGNATURE_INVALID);
  }
}
