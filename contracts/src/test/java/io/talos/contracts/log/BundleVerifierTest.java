package io.talos.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.EventPhase;
import io.talos.contracts.audit.EventResult;
import io.talos.contracts.audit.Evidence;
import io.talos.contracts.audit.RequestContext;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.http.Headers;
import io.talos.contracts.http.RequestSigner;
import io.talos.contracts.http.SignableMessage;
import io.talos.contracts.http.SignatureBase;
import io.talos.contracts.http.UnverifiedSignature;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.log.Verification.Gap;
import io.talos.contracts.log.Verification.Step;
import io.talos.contracts.principal.AuthMode;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.principal.PrincipalKind;
import io.talos.contracts.principal.Proof;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mallory, who may even run the server, wants an auditor to believe what did not happen. */
class BundleVerifierTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00.250Z");
  private static final String TARGET = "http://127.0.0.1:9080/mcp/notes?x=1";
  private static final Bytes BODY = Bytes.utf8("{\"jsonrpc\":\"2.0\"}");
  private static final String CAPABILITY = Base64Url.encode(Bytes.utf8("[{\"b\":1,\"a\":2}]"));
  private static final Bytes CAPABILITY_HASH = Sha256.of(Bytes.utf8("[{\"a\":2,\"b\":1}]"));

  private final Randomness randomness = Randomness.secure();
  private final UuidV7Generator ids = new UuidV7Generator(randomness);
  private final NoteSigner log = new NoteSigner("talos.example/log", seeded(1));
  private final Ed25519.KeyPair bob = seeded(2);
  private final Ed25519.KeyPair mallory = seeded(3);
  private final BundleVerifier auditor = new BundleVerifier(log.verifier());
  private final List<Bytes> leaves = new ArrayList<>();

  private static Ed25519.KeyPair seeded(int seed) {
    byte[] bytes = new byte[Ed25519.SEED_SIZE];
    bytes[0] = (byte) seed;
    return Ed25519.fromSeed(SecretBytes.of(bytes));
  }

  @BeforeEach
  void the_log_has_some_history() {
    for (int i = 0; i < 300; i++) {
      leaves.add(Bytes.utf8("history " + i));
    }
  }

  // What a signed request leaves behind.

  private Proof.Signature signed(Ed25519.KeyPair key, String method, String target, Instant when) {
    Map<String, String> headers =
        new RequestSigner(key, InstantSource.fixed(when), randomness)
            .sign(method, target, Optional.of(CAPABILITY), Optional.of(BODY));
    Map<String, List<String>> lines = new HashMap<>();
    headers.forEach((name, value) -> lines.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    SignableMessage message = new SignableMessage(method, target, lines);
    UnverifiedSignature signature = UnverifiedSignature.read(message);
    return new Proof.Signature(
        signature.keyId(),
        SignatureBase.of(message, signature.input()),
        signature.signature(),
        signature.created());
  }

  private AuditEvent admission(Proof proof, Principal principal) {
    return admission(
        new Evidence(proof, Optional.of(CAPABILITY_HASH), Optional.of(Sha256.of(BODY))), principal);
  }

  private AuditEvent admission(Evidence evidence, Principal principal) {
    UuidV7 admission = ids.next(NOW);
    RequestContext context =
        new RequestContext(
            ids.next(NOW),
            Optional.of(admission),
            "gateway.mcp.send",
            "POST",
            "/mcp/{server}",
            "192.0.2.1",
            principal);
    AuditFacts facts =
        new AuditFacts(
            "request.admitted",
            EventPhase.ADMISSION,
            EventResult.SUCCESS,
            Optional.empty(),
            OptionalInt.empty(),
            Optional.of(new AuditFacts.Resource("mcp_server", "notes")),
            Json.createObjectBuilder().add("tool", "notes_read").build(),
            Map.of(),
            Optional.of(evidence));
    return AuditEvent.of(
        facts,
        Optional.of(context),
        new AuditEvent.Place(admission, NOW, "node-1/0", 7),
        randomness);
  }

  private Principal agent(Ed25519.KeyPair key) {
    return new Principal(
        PrincipalKind.AGENT, Did.ofKey(key.publicKey()).text(), Set.of("agent"), AuthMode.SIGNED);
  }

  private AuditEvent bobs() {
    return admission(signed(bob, "POST", TARGET, NOW), agent(bob));
  }

  // The log, and what it gives out.

  private SignedNote checkpoint() {
    return log.sign(head().text());
  }

  private Checkpoint head() {
    return new Checkpoint(
        log.name(), leaves.size(), MerkleTree.root(leaves.size(), MemoryTiles.of(leaves)));
  }

  private ProofBundle bundle(AuditEvent event, long since) {
    long index = leaves.size();
    leaves.add(LogLeaf.of(event.json(), index).bytes());
    leaves.add(Bytes.utf8("what came after"));
    MerkleTree.Hashes hashes = MemoryTiles.of(leaves);
    return new ProofBundle(
        event.json(),
        LogLeaf.of(event.json(), index).json(),
        leaves.size(),
        MerkleTree.inclusion(index, leaves.size(), hashes),
        checkpoint().encoded(),
        Optional.of(
            new ProofBundle.Consistency(
                since, MerkleTree.consistency(since, leaves.size(), hashes))),
        event.signatureBase());
  }

  private static Bytes text(ProofBundle bundle) {
    return Bytes.utf8(bundle.json().toString());
  }

  private static Verification.Verified verified(Verification result) {
    return result.match(
        v -> v,
        r -> {
          throw new AssertionError("refused at " + r.step() + ": " + r.why());
        });
  }

  private static Step refusedAt(Verification result) {
    return result.match(
        v -> {
          throw new AssertionError("verified: " + v.proved());
        },
        r -> {
          assertThat(r.code()).isEqualTo(ErrorCode.PROOF_INVALID);
          return r.step();
        });
  }

  @Test
  void bobs_own_request_is_proved_from_his_signature_to_the_first_checkpoint_seen() {
    SignedNote first = checkpoint();
    ProofBundle bundle = bundle(bobs(), head().size());

    Verification.Verified result = verified(auditor.verify(text(bundle), first));

    assertThat(result.proved())
        .containsExactlyElementsOf(EnumSet.complementOf(EnumSet.of(Step.ANCHORS)));
    assertThat(result.gaps()).isEmpty();
    assertThat(result.request().orElseThrow().targetUri()).isEqualTo(TARGET);
    assertThat(text(bundle).size()).isLessThan(8 * 1024);
  }

  @Test
  void without_an_earlier_checkpoint_growth_is_reported_as_not_proved() {
    Verification.Verified result = verified(auditor.verify(text(bundle(bobs(), 0))));

    assertThat(result.proved()).doesNotContain(Step.CONSISTENCY).contains(Step.CALLER);
    assertThat(result.gaps()).containsExactly(Gap.NO_EARLIER_CHECKPOINT);
  }

  @Test
  void a_bearer_call_is_proved_to_be_logged_but_not_to_be_asked_for() {
    Principal client =
        new Principal(PrincipalKind.CLIENT, "key:k", Set.of("client"), AuthMode.BEARER);

    Verification.Verified result =
        verified(auditor.verify(text(bundle(admission(new Proof.Bearer("k"), client), 0))));

    assertThat(result.proved()).contains(Step.INCLUSION).doesNotContain(Step.CALLER);
    assertThat(result.gaps()).contains(Gap.BEARER);
  }

  @Test
  void an_act_of_the_server_itself_is_proved_without_a_caller() {
    AuditEvent act =
        AuditEvent.of(
            AuditFacts.act(
                "key.rotated", new AuditFacts.Resource("kek", "1"), JsonValue.EMPTY_JSON_OBJECT),
            Optional.empty(),
            new AuditEvent.Place(ids.next(NOW), NOW, "node-1/1", 0),
            randomness);

    assertThat(verified(auditor.verify(text(bundle(act, 0)))).gaps()).contains(Gap.NO_EVIDENCE);
  }

  @Test
  void no_byte_of_the_bundle_can_be_flipped() {
    SignedNote first = checkpoint();
    byte[] bundle = text(bundle(bobs(), head().size())).toArray();

    for (int at = 0; at < bundle.length; at++) {
      byte[] changed = bundle.clone();
      changed[at] ^= 1;
      Verification result = auditor.verify(Bytes.of(changed), first);
      assertThat(result).as("byte %d", at).isInstanceOf(Verification.Refused.class);
    }
  }

  @Test
  void an_event_that_was_reworded_is_refused() {
    ProofBundle bundle = bundle(bobs(), 0);
    JsonObject reworded = Json.createObjectBuilder(bundle.event()).add("result", "failure").build();

    assertThat(refusedAt(auditor.verify(text(with(bundle, reworded))))).isEqualTo(Step.EVENT_HASH);
  }

  @Test
  void an_event_that_was_reworded_and_hashed_again_is_not_the_one_in_the_log() {
    ProofBundle bundle = bundle(bobs(), 0);
    JsonObject reworded = rehashed(bundle.event(), "result", "failure");

    assertThat(refusedAt(auditor.verify(text(with(bundle, reworded))))).isEqualTo(Step.LEAF);
  }

  @Test
  void an_entry_that_was_made_to_fit_is_not_in_the_tree() {
    ProofBundle bundle = bundle(bobs(), 0);
    JsonObject reworded = rehashed(bundle.event(), "result", "failure");
    long index = bundle.leaf().getInt("log_seq");
    ProofBundle forged =
        new ProofBundle(
            reworded,
            LogLeaf.of(reworded, index).json(),
            bundle.size(),
            bundle.path(),
            bundle.checkpoint(),
            bundle.consistency(),
            bundle.signatureBase());

    assertThat(refusedAt(auditor.verify(text(forged)))).isEqualTo(Step.INCLUSION);
  }

  @Test
  void a_checkpoint_of_mallorys_key_under_the_logs_name_is_refused() {
    ProofBundle bundle = bundle(bobs(), 0);
    NoteSigner forger = new NoteSigner(log.name(), mallory);
    ProofBundle forged =
        new ProofBundle(
            bundle.event(),
            bundle.leaf(),
            bundle.size(),
            bundle.path(),
            forger.sign(head().text()).encoded(),
            bundle.consistency(),
            bundle.signatureBase());

    assertThat(refusedAt(auditor.verify(text(forged)))).isEqualTo(Step.CHECKPOINT);
  }

  @Test
  void a_log_that_was_rewritten_since_the_first_checkpoint_is_refused() {
    SignedNote first = checkpoint();
    long size = head().size();
    leaves.set(5, Bytes.utf8("rewritten"));

    assertThat(refusedAt(auditor.verify(text(bundle(bobs(), size)), first)))
        .isEqualTo(Step.CONSISTENCY);
  }

  @Test
  void a_log_that_lost_its_tail_is_refused() {
    for (int i = 0; i < 10; i++) {
      leaves.add(Bytes.utf8("lost " + i));
    }
    SignedNote first = checkpoint();
    leaves.subList(290, leaves.size()).clear();

    assertThat(refusedAt(auditor.verify(text(bundle(bobs(), 0)), first)))
        .isEqualTo(Step.CONSISTENCY);
  }

  @Test
  void an_operator_who_logs_mallorys_request_as_bobs_is_refused() {
    Proof.Signature mallorys = signed(mallory, "POST", TARGET, NOW);

    assertThat(callerRefused(admission(mallorys, agent(bob)))).isTrue();
    assertThat(
            callerRefused(
                admission(
                    new Proof.Signature(
                        Did.ofKey(bob.publicKey()).keyUrl(),
                        mallorys.base(),
                        mallorys.signature(),
                        NOW),
                    agent(bob))))
        .isTrue();
  }

  @Test
  void an_operator_who_logs_another_method_target_body_capability_or_time_is_refused() {
    Proof.Signature good = signed(bob, "POST", TARGET, NOW);
    Optional<Bytes> body = Optional.of(Sha256.of(BODY));
    Optional<Bytes> capability = Optional.of(CAPABILITY_HASH);
    Optional<Bytes> other = Optional.of(Sha256.of(Bytes.utf8("other")));

    assertThat(callerRefused(admission(signed(bob, "PUT", TARGET, NOW), agent(bob)))).isTrue();
    assertThat(
            callerRefused(
                admission(signed(bob, "POST", "http://127.0.0.1:9080/a2a", NOW), agent(bob))))
        .isTrue();
    assertThat(
            callerRefused(
                admission(signed(bob, "POST", "http://h/mcp/notes/more", NOW), agent(bob))))
        .isTrue();
    assertThat(
            callerRefused(
                admission(signed(bob, "POST", TARGET, NOW.minusSeconds(600)), agent(bob))))
        .isTrue();
    assertThat(callerRefused(admission(new Evidence(good, capability, other), agent(bob))))
        .isTrue();
    assertThat(callerRefused(admission(new Evidence(good, other, body), agent(bob)))).isTrue();
    assertThat(callerRefused(admission(new Evidence(good, capability, body), agent(bob))))
        .isFalse();
  }

  private boolean callerRefused(AuditEvent event) {
    return auditor
        .verify(text(bundle(event, 0)))
        .match(
            v -> false,
            r -> {
              assertThat(r.step()).isEqualTo(Step.CALLER);
              return true;
            });
  }

  @Test
  void a_bundle_that_lost_the_signature_base_is_refused_instead_of_proving_less() {
    ProofBundle bundle = bundle(bobs(), 0);
    ProofBundle less =
        new ProofBundle(
            bundle.event(),
            bundle.leaf(),
            bundle.size(),
            bundle.path(),
            bundle.checkpoint(),
            bundle.consistency(),
            Optional.empty());

    assertThat(refusedAt(auditor.verify(text(less)))).isEqualTo(Step.CALLER);
  }

  @Test
  void what_is_no_bundle_at_all_is_refused_and_never_thrown() {
    for (String text : List.of("", "{}", "[]", "null", "{\"event\":{}}", "\u0000")) {
      assertThat(refusedAt(auditor.verify(Bytes.utf8(text)))).isEqualTo(Step.FORM);
    }
    assertThat(refusedAt(auditor.verify(Bytes.of(new byte[Limits.BUNDLE_BYTES_MAX + 1]))))
        .isEqualTo(Step.FORM);
  }

  @Test
  void a_base_with_a_hidden_second_parameter_list_is_refused() {
    String base = signed(bob, "POST", TARGET, NOW).base().utf8();
    String twice = base.replace(";tag=", ";keyid=\"did:key:zOther\";tag=");
    String foreign = base.replace(";tag=\"talos\"", ";tag=\"other\"");
    String reordered = base.replace("(\"@method\" \"@target-uri\"", "(\"@target-uri\" \"@method\"");

    assertThat(SignedRequest.parse(Bytes.utf8(base)).components())
        .containsKeys("@method", "@target-uri", Headers.CONTENT_DIGEST, Headers.CAPABILITY);
    for (String bent : List.of(twice, foreign, reordered, base + "\n", "x\n" + base)) {
      assertThat(readable(bent)).isFalse();
    }
  }

  private static boolean readable(String base) {
    try {
      SignedRequest.parse(Bytes.utf8(base));
      return true;
    } catch (TalosException e) {
      return false;
    }
  }

  private static ProofBundle with(ProofBundle bundle, JsonObject event) {
    return new ProofBundle(
        event,
        bundle.leaf(),
        bundle.size(),
        bundle.path(),
        bundle.checkpoint(),
        bundle.consistency(),
        bundle.signatureBase());
  }

  private static JsonObject rehashed(JsonObject event, String member, String value) {
    JsonObject changed = Json.createObjectBuilder(event).add(member, value).build();
    return Json.createObjectBuilder(changed)
        .add("event_hash", AuditEvent.hashOf(changed).hex())
        .build();
  }
}
