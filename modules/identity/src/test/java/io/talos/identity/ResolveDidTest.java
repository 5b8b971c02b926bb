package io.talos.identity;

import static io.talos.identity.Outcomes.done;
import static io.talos.identity.Outcomes.refusal;
import static io.talos.identity.People.ALICE;
import static io.talos.identity.People.BOB;
import static io.talos.identity.People.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.identity.agents.InMemoryAgents;
import org.junit.jupiter.api.Test;

/** Anybody may ask who a DID is, and learns what the DID itself proves. */
class ResolveDidTest {
  private final InMemoryAgents agents = new InMemoryAgents();
  private final ResolveDid resolve = new ResolveDid(agents);

  @Test
  void a_did_key_resolves_without_being_registered() {
    ResolveDid.Resolution bob = done(resolve.resolve(BOB.did()));

    assertThat(bob.agent()).isEmpty();
    assertThat(bob.document().toJson().getString("id")).isEqualTo(BOB.did().text());
    assertThat(bob.document().toJson()).doesNotContainKey("keyAgreement");
  }

  @Test
  void a_registered_agents_document_has_its_key_agreement_key() {
    agents.add(ALICE.agent());

    ResolveDid.Resolution alice = done(resolve.resolve(Did.parse(ALICE.did().alias())));

    assertThat(alice.agent()).contains(ALICE.agent());
    assertThat(alice.document().keyAgreement()).contains(ALICE.keyAgreement().publicKey());
  }

  @Test
  void a_revoked_agents_document_offers_no_key_to_open_a_channel_with() {
    agents.add(ALICE.agent());
    agents.revoke(ALICE.did(), NOW);

    ResolveDid.Resolution alice = done(resolve.resolve(ALICE.did()));

    assertThat(alice.document().keyAgreement()).isEmpty();
    assertThat(alice.agent().orElseThrow().revokedAt()).contains(NOW);
  }

  @Test
  void a_did_that_is_no_key_is_not_resolved_here() {
    assertThat(refusal(resolve.resolve(Did.parse("did:web:alice.example"))))
        .isEqualTo(ErrorCode.DID_METHOD_UNSUPPORTED);
  }
}
