package io.talos.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.json.Json;
import io.talos.contracts.policy.PolicyDocument;
import io.talos.contracts.registry.Surface.Rate;
import io.talos.contracts.registry.SurfaceRegistry;
import io.talos.contracts.registry.Threat;
import io.talos.policy.bundles.InMemoryPolicies;
import io.talos.policy.bundles.PolicySigners;
import io.talos.policy.bundles.PublishedPolicy;
import io.talos.policy.bundles.PublishedPolicy.Summary;
import io.talos.policy.ops.PolicySettings;
import io.talos.runtime.redis.Redis;
import io.talos.runtime.settings.Settings;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The aim: to keep what a policy gave after the database was restored. Mallory's role was in
 * version 9, which the backup does not have; the next publisher makes another version 9 without it.
 */
@Threat("T-CAPABILITYABUSE-01")
class RestoredPolicyTest {
  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
  private static final String AUDIENCE = "https://talos.example.org";
  private static final Ed25519.KeyPair ALICE = Ed25519.generate(Randomness.secure());
  private static final PolicyDocument WITH_MALLORY = role("mallorys");
  private static final PolicyDocument WITHOUT = role("bobs");

  private final InMemoryPolicies policies = new InMemoryPolicies();
  private final PolicyInForce inForce = new PolicyInForce(SurfaceRegistry.load());
  private final FollowPolicy node =
      new FollowPolicy(
          policies,
          inForce,
          new PolicySigners(Set.of(Did.ofKey(ALICE.publicKey())), true),
          new PolicySettings(AUDIENCE, AUDIENCE, new Rate(1, 1), 1),
          new Redis(new Settings(key -> Optional.empty())));

  private static PolicyDocument role(String id) {
    return PolicyDocument.empty()
        .with(
            "roles",
            Json.createArrayBuilder()
                .add(
                    Json.createObjectBuilder()
                        .add("role_id", id)
                        .add("permissions", Json.createArrayBuilder().add("policy:role:read")))
                .build());
  }

  private static PublishedPolicy published(
      long version, PolicyDocument document, Ed25519.KeyPair signer) {
    PublishedPolicy unsigned =
        new PublishedPolicy(
            new Summary(
                version,
                document.digest().hex(),
                NOON,
                "operator:olga",
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            document);
    return new PublishedPolicy(
        new Summary(
            version,
            document.digest().hex(),
            NOON,
            "operator:olga",
            Optional.empty(),
            Optional.empty(),
            Optional.of(unsigned.statement(AUDIENCE).signedBy(signer))),
        document);
  }

  @Test
  void another_document_with_the_number_in_force_takes_its_place() {
    policies.add(published(9, WITH_MALLORY, ALICE));
    assertThat(node.run()).isEmpty();
    assertThat(inForce.current().document()).isEqualTo(WITH_MALLORY);

    policies.restoreTo(8);
    policies.add(published(9, WITHOUT, ALICE));

    assertThat(node.run()).isEmpty();
    assertThat(inForce.current().document()).isEqualTo(WITHOUT);
    assertThat(inForce.current().version()).isEqualTo(9);
  }

  @Test
  void mallory_who_writes_her_own_version_nine_into_the_database_changes_nothing() {
    policies.add(published(9, WITHOUT, ALICE));
    assertThat(node.run()).isEmpty();

    policies.restoreTo(8);
    policies.add(published(9, WITH_MALLORY, Ed25519.generate(Randomness.secure())));

    assertThat(node.run()).contains(ErrorCode.POLICY_SIGNATURE_INVALID);
    assertThat(inForce.current().document()).isEqualTo(WITHOUT);
  }

  @Test
  void an_older_version_of_a_database_that_was_set_back_does_not_come_into_force() {
    policies.add(published(8, WITH_MALLORY, ALICE));
    policies.add(published(9, WITHOUT, ALICE));
    assertThat(node.run()).isEmpty();

    policies.restoreTo(8);

    assertThat(node.run()).isEmpty();
    assertThat(inForce.current().document()).isEqualTo(WITHOUT);
  }

  @Test
  void what_is_in_force_is_not_read_and_compiled_again() {
    policies.add(published(9, WITHOUT, ALICE));
    assertThat(node.run()).isEmpty();
    var compiled = inForce.current();

    assertThat(node.run()).isEmpty();

    assertThat(inForce.current()).isSameAs(compiled);
  }
}
