package io.talos.audit.event;

import io.talos.contracts.SecretBytes;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.EventPhase;
import io.talos.contracts.audit.EventResult;
import io.talos.contracts.audit.Evidence;
import io.talos.contracts.audit.RequestContext;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.principal.AuthMode;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.principal.PrincipalKind;
import io.talos.contracts.principal.Proof;
import io.talos.contracts.registry.MetaAllowList;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Bob, Mallory, Carol the operator, and what they do. */
public final class Samples {
  public static final Instant NOW = Instant.parse("2026-11-21T10:00:00.250Z");
  public static final Randomness RANDOMNESS = Randomness.secure();
  public static final MetaAllowList ALLOWED = MetaAllowList.load();
  public static final UuidV7Generator IDS = new UuidV7Generator(RANDOMNESS);

  private static final Map<Integer, Principal> AGENTS = new ConcurrentHashMap<>();

  private Samples() {}

  public static Ed25519.KeyPair key(int seed) {
    byte[] bytes = new byte[Ed25519.SEED_SIZE];
    bytes[0] = (byte) seed;
    return Ed25519.fromSeed(SecretBytes.of(bytes));
  }

  public static Principal agent(int seed) {
    return AGENTS.computeIfAbsent(seed, Samples::newAgent);
  }

  private static Principal newAgent(int seed) {
    String did = Did.ofKey(key(seed).publicKey()).text();
    return new Principal(PrincipalKind.AGENT, did, Set.of("agent"), AuthMode.SIGNED);
  }

  public static Principal bob() {
    return agent(1);
  }

  public static Principal mallory() {
    return agent(2);
  }

  public static Principal carol() {
    return new Principal(
        PrincipalKind.OPERATOR, "operator:carol", Set.of("operator"), AuthMode.BEARER);
  }

  /** A request of {@code caller} that was admitted. */
  public static RequestContext request(Principal caller) {
    return new RequestContext(
            IDS.next(NOW),
            Optional.empty(),
            "a2a.sessions.open",
            "POST",
            "/a2a/sessions",
            "192.0.2.1",
            caller)
        .admitted(IDS.next(NOW));
  }

  public static AuditFacts act(String kind) {
    return AuditFacts.act(
        kind, new AuditFacts.Resource("session", "s-1"), JsonValue.EMPTY_JSON_OBJECT);
  }

  /** An admission by a bearer credential, which carries the least evidence. */
  public static AuditFacts admission() {
    return admission(new Proof.Bearer("k"));
  }

  public static AuditFacts admission(Proof proof) {
    return facts(
        "request.admitted",
        EventPhase.ADMISSION,
        Optional.of(new Evidence(proof, Optional.empty(), Optional.empty())));
  }

  public static AuditFacts outcome() {
    return facts("request.finished", EventPhase.OUTCOME, Optional.empty());
  }

  private static AuditFacts facts(String kind, EventPhase phase, Optional<Evidence> evidence) {
    return new AuditFacts(
        kind,
        phase,
        EventResult.SUCCESS,
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        JsonValue.EMPTY_JSON_OBJECT,
        Map.of(),
        evidence);
  }

  /** The next event of {@code source}. */
  public static AuditEvent event(
      EventRows rows, String source, AuditFacts facts, Optional<RequestContext> request) {
    UuidV7 id =
        facts.phase() == EventPhase.ADMISSION
            ? request.flatMap(RequestContext::admissionId).orElseThrow()
            : IDS.next(NOW);
    AuditEvent.Place place = new AuditEvent.Place(id, NOW, source, rows.nextSeq(source));
    AuditEvent event = AuditEvent.of(facts, request, place, RANDOMNESS);
    rows.add(event);
    return event;
  }
}
