package io.talos.identity;

import static io.talos.identity.Outcomes.done;
import static io.talos.identity.Outcomes.refusal;
import static io.talos.identity.People.ALICE;
import static io.talos.identity.People.BOB;
import static io.talos.identity.People.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.channel.IdentityKey;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyUrl;
import io.talos.contracts.did.Multikey;
import io.talos.contracts.error.ErrorCode;
import io.talos.identity.agents.InMemoryAgents;
import io.talos.identity.didweb.DidWebDocuments;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;

/** Anybody may ask who a DID is, and learns what the DID itself proves. */
class ResolveDidTest {
  private final InMemoryAgents agents = new InMemoryAgents();
  private final ResolveDid resolve = new ResolveDid(agents, this::published);

  @Test
  void a_did_key_resolves_without_being_registered() {
    ResolveDid.Resolution bob = done(resolve.resolve(BOB.did(), "192.0.2.1"));

    assertThat(bob.agent()).isEmpty();
    assertThat(bob.document().getString("id")).isEqualTo(BOB.did().text());
    assertThat(bob.document()).doesNotContainKey("keyAgreement");
  }

  @Test
  void a_registered_agents_document_has_its_key_agreement_key() {
    agents.add(ALICE.agent());

    ResolveDid.Resolution alice =
        done(resolve.resolve(Did.parse(ALICE.did().alias()), "192.0.2.1"));

    assertThat(alice.agent()).contains(ALICE.agent());
    assertThat(alice.document().getJsonArray("keyAgreement").getString(0))
        .endsWith("#" + Multikey.x25519(ALICE.keyAgreement().publicKey()).text());
  }

  @Test
  void a_revoked_agents_document_offers_no_key_to_open_a_channel_with() {
    agents.add(ALICE.agent());
    agents.revoke(ALICE.did(), NOW);

    ResolveDid.Resolution alice = done(resolve.resolve(ALICE.did(), "192.0.2.1"));

    assertThat(alice.document()).doesNotContainKey("keyAgreement");
    assertThat(alice.agent().orElseThrow().revokedAt()).contains(NOW);
  }

  @Test
  void after_a_rotation_the_document_names_the_key_that_speaks_now_and_no_other() {
    agents.add(ALICE.agent());
    agents.rekey(
        ALICE.did(),
        BOB.signing().publicKey(),
        IdentityKey.certify(ALICE.did(), BOB.signing(), People.x25519(0x61)));

    JsonObject document = done(resolve.resolve(ALICE.did(), "192.0.2.1")).document();

    assertThat(document.getString("id")).isEqualTo(ALICE.did().text());
    assertThat(document.getJsonArray("authentication").getString(0))
        .isEqualTo(new KeyUrl(ALICE.did(), BOB.signing().publicKey()).text());
    assertThat(document.toString())
        .doesNotContain(Multikey.ed25519(ALICE.signing().publicKey()).text() + "\",\"type");
  }

  @Test
  void what_an_organisations_document_is_refused_with_is_passed_on() {
    assertThat(refusal(resolve.resolve(Did.parse("did:web:alice.example"), "192.0.2.1")))
        .isEqualTo(ErrorCode.DID_NOT_FOUND);
  }

  private DidWebDocuments.Answer published(Did did, String clientAddress) {
    return new DidWebDocuments.Unavailable(ErrorCode.DID_NOT_FOUND, "nothing there");
  }
}
