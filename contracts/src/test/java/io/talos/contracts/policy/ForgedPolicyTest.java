package io.talos.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.registry.Threat;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;

/** Mallory wants a policy in force that no policy key signed for this place. */
@Threat("T-CAPABILITYABUSE-01")
class ForgedPolicyTest {
  private static final Ed25519.KeyPair ALICE = Ed25519.generate(Randomness.secure());
  private static final Ed25519.KeyPair MALLORY = Ed25519.generate(Randomness.secure());
  private static final String HERE = "https://talos.example.org";
  private static final Bytes DIGEST = PolicyDocument.empty().digest();

  private static JsonObject json(String text) {
    return StrictJson.parseObject(
        Bytes.utf8(text.replace('\'', '"')), io.talos.contracts.json.Limits.REQUEST);
  }

  @Test
  void a_statement_is_signed_by_its_key_and_by_no_other() {
    PolicyStatement statement = new PolicyStatement(HERE, 7, DIGEST);
    PolicySignature signature = statement.signedBy(ALICE);

    assertThat(statement.isSignedBy(signature)).isTrue();
    assertThat(
            statement.isSignedBy(
                new PolicySignature(statement.signedBy(MALLORY).key(), signature.signature())))
        .isFalse();
    assertThat(
            statement.isSignedBy(
                new PolicySignature(signature.key(), statement.signedBy(MALLORY).signature())))
        .isFalse();
  }

  @Test
  void a_signature_is_of_one_document_in_one_place_of_one_history() {
    PolicySignature signature = new PolicyStatement(HERE, 7, DIGEST).signedBy(ALICE);
    Bytes other =
        PolicyDocument.of(
                json("{'schema_id':'talos.policy_bundle','schema_version':'v1','about':'x'}"))
            .digest();

    assertThat(new PolicyStatement(HERE, 8, DIGEST).isSignedBy(signature)).isFalse();
    assertThat(new PolicyStatement("https://other.example.org", 7, DIGEST).isSignedBy(signature))
        .isFalse();
    assertThat(new PolicyStatement(HERE, 7, other).isSignedBy(signature)).isFalse();
  }

  @Test
  void what_is_signed_is_a_label_and_canonical_json() {
    PolicyStatement statement = new PolicyStatement(HERE, 7, DIGEST);

    assertThat(statement.signedBytes().utf8())
        .isEqualTo(
            "talos:policy-statement:v1\n{\"audience\":\"https://talos.example.org\",\"digest\":\""
                + DIGEST.hex()
                + "\",\"schema_id\":\"talos.policy_statement\",\"schema_version\":\"v1\",\"version\":7}");
  }

  @Test
  void the_digest_is_of_the_canonical_document_whatever_its_spelling() {
    PolicyDocument one =
        PolicyDocument.of(json("{'schema_version':'v1' , 'schema_id':'talos.policy_bundle'}"));

    assertThat(one.digest()).isEqualTo(DIGEST);
    assertThat(CanonicalJson.encode(one.json()))
        .isEqualTo(CanonicalJson.encode(PolicyDocument.empty().json()));
  }
}
