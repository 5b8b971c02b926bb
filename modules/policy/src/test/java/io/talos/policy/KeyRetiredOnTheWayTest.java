package io.talos.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.EventPhase;
import io.talos.contracts.audit.EventResult;
import io.talos.contracts.audit.Evidence;
import io.talos.contracts.capability.RevocationId;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyUrl;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.event.RequestAdmitted;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.json.Json;
import io.talos.contracts.port.AccessControl.CapabilityGrant;
import io.talos.contracts.principal.Proof;
import io.talos.contracts.registry.Threat;
import io.talos.policy.store.AllowanceStore;
import io.talos.policy.store.RevocationStore;
import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Mallory stole Alice's key. Her request was authenticated while the key was good, and waits until
 * it no longer is.
 */
@Threat("T-IMPERSONATION-01")
class KeyRetiredOnTheWayTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Bytes FIRST = key();
  private static final Bytes STOLEN = key();
  private static final KeyUrl ALICE = new KeyUrl(Did.ofKey(FIRST), STOLEN);
  private static final Bytes LINK = Sha256.of(Bytes.utf8("a link"));

  private final Kept revocations = new Kept();
  private final OnRequestAdmitted lastWord =
      new OnRequestAdmitted(
          revocations, new AllowanceStore(), noEvent(), InstantSource.fixed(NOON));

  private static Bytes key() {
    return Ed25519.generate(Randomness.secure()).publicKey();
  }

  /** Revocations in memory, which note whether a revocation would have to wait. */
  private static final class Kept extends RevocationStore {
    private final Set<Bytes> revoked = new HashSet<>();
    private boolean heldBack;
    private int questions;

    @Override
    public void holdBack() {
      heldBack = true;
    }

    @Override
    public Set<Bytes> revokedOf(List<Bytes> ids) {
      assertThat(heldBack).as("asked under the lock").isTrue();
      questions++;
      Set<Bytes> found = new HashSet<>(ids);
      found.retainAll(revoked);
      return found;
    }
  }

  @SuppressWarnings("unchecked")
  private static Event<AllowancesUsed> noEvent() {
    return (Event<AllowancesUsed>)
        Proxy.newProxyInstance(
            Event.class.getClassLoader(),
            new Class<?>[] {Event.class},
            (self, method, arguments) -> {
              throw new AssertionError("nothing is recorded here");
            });
  }

  private static Proof signed(String keyId) {
    return new Proof.Signature(keyId, Bytes.utf8("base"), Bytes.of(new byte[64]), NOON);
  }

  private static RequestAdmitted admitted(Proof proof, Bytes... links) {
    UuidV7 id = new UuidV7Generator(Randomness.secure()).next(NOON);
    return new RequestAdmitted(
        id,
        id,
        links.length == 0
            ? Optional.empty()
            : Optional.of(new CapabilityGrant(LINK, List.of(links), List.of())),
        new AuditFacts(
            "request.admitted",
            EventPhase.ADMISSION,
            EventResult.SUCCESS,
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Json.createObjectBuilder().build(),
            Map.of(),
            Optional.of(new Evidence(proof, Optional.empty(), Optional.empty()))));
  }

  private void refused(RequestAdmitted admitted, ErrorCode code) {
    assertThatThrownBy(() -> lastWord.confirm(admitted))
        .isInstanceOfSatisfying(TalosException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void a_request_by_a_key_that_was_retired_on_the_way_is_not_admitted() {
    assertThatCode(() -> lastWord.confirm(admitted(signed(ALICE.text()))))
        .doesNotThrowAnyException();
    revocations.revoked.add(RevocationId.ofKey(STOLEN));

    refused(admitted(signed(ALICE.text())), ErrorCode.AUTH_REVOKED);
  }

  @Test
  void a_did_without_a_fragment_and_its_alias_name_the_first_key() {
    revocations.revoked.add(RevocationId.ofKey(FIRST));

    refused(admitted(signed(ALICE.did().text())), ErrorCode.AUTH_REVOKED);
    refused(admitted(signed("did:talos:" + FIRST.hex())), ErrorCode.AUTH_REVOKED);
    assertThatCode(() -> lastWord.confirm(admitted(signed(ALICE.text()))))
        .as("the key that follows it")
        .doesNotThrowAnyException();
  }

  @Test
  void an_attestation_by_a_key_that_was_retired_on_the_way_is_not_admitted() {
    revocations.revoked.add(RevocationId.ofKey(STOLEN));
    Proof attested = new Proof.Bearer("attestation-v1:" + ALICE.text(), Optional.of(ALICE.text()));

    refused(admitted(attested), ErrorCode.AUTH_REVOKED);
  }

  @Test
  void key_and_capability_are_one_question_and_the_key_comes_first() {
    revocations.revoked.add(LINK);
    refused(admitted(signed(ALICE.text()), LINK), ErrorCode.CAPABILITY_REVOKED);

    revocations.revoked.add(RevocationId.ofKey(STOLEN));
    refused(admitted(signed(ALICE.text()), LINK), ErrorCode.AUTH_REVOKED);

    assertThat(revocations.questions).isEqualTo(2);
  }

  @Test
  void a_bearer_without_a_key_and_a_capability_costs_no_question() {
    lastWord.confirm(admitted(new Proof.Bearer("key:1")));

    assertThat(revocations.questions).isZero();
    assertThat(revocations.heldBack).isFalse();
  }
}
