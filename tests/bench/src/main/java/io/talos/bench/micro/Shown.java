package io.talos.bench.micro;

import io.talos.contracts.Bytes;
import io.talos.contracts.capability.Attenuation;
import io.talos.contracts.capability.CapabilityVerifier;
import io.talos.contracts.capability.RootGrant;
import io.talos.contracts.capability.Scope;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.json.Json;
import io.talos.contracts.port.AccessControl.Question;
import io.talos.contracts.port.AccessControl.ToolCall;
import io.talos.contracts.principal.AuthMode;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.principal.PrincipalKind;
import io.talos.contracts.registry.Surface;
import io.talos.contracts.registry.SurfaceRegistry;
import io.talos.policy.rights.CapabilityCheck;
import io.talos.policy.rights.RevokedIds;
import io.talos.policy.rights.VerifiedTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A capability for the tool {@code notes}, passed on from holder to holder, and how it is shown.
 */
final class Shown {
  static final String AUDIENCE = "http://127.0.0.1:9080";
  static final Duration LIFE = Duration.ofHours(1);
  private static final Surface SURFACE =
      SurfaceRegistry.load().find("POST", "/mcp/notes").orElseThrow();

  private final Randomness randomness = Randomness.secure();
  private final Ed25519.KeyPair issuer = Ed25519.generate(randomness);
  private final UnverifiedCapability chain;
  private final String presenter;

  Shown(int links) {
    UuidV7Generator ids = new UuidV7Generator(randomness);
    Ed25519.KeyPair holder = Ed25519.generate(randomness);
    UnverifiedCapability grown =
        RootGrant.of(
                Did.ofKey(holder.publicKey()),
                AUDIENCE,
                List.of(Scope.ofTool("notes")),
                Samples.NOW.plus(LIFE))
            .withDelegationDepth(links - 1)
            .signedBy(issuer, ids.next(Samples.NOW), Samples.NOW);
    for (int i = 1; i < links; i++) {
      Ed25519.KeyPair next = Ed25519.generate(randomness);
      grown =
          Attenuation.of(grown, Did.ofKey(next.publicKey()))
              .signedBy(holder, ids.next(Samples.NOW), Samples.NOW);
      holder = next;
    }
    this.chain = grown;
    this.presenter = Did.ofKey(holder.publicKey()).text();
  }

  CapabilityVerifier verifier() {
    return new CapabilityVerifier(Set.of(Did.ofKey(issuer.publicKey())), AUDIENCE);
  }

  /** The server's check, which remembers nothing yet; these ids are revoked, and {@code others}. */
  CapabilityCheck check(List<Bytes> revoked, int others) {
    RevokedIds known =
        new RevokedIds(new RevokedSample(revoked.size() + others, revoked), randomness);
    known.catchUp(0);
    return new CapabilityCheck(verifier(), known, new VerifiedTokens(randomness));
  }

  String header() {
    return chain.header();
  }

  /** What revoking the first link puts into the set. */
  Bytes rootId() {
    return chain.root().hash();
  }

  /**
   * The same question as often as it comes over the wire: each has texts of its own, so that no
   * comparison ends at the same object.
   */
  List<Question> questions(int count, String server, Instant now) {
    List<Question> questions = new ArrayList<>();
    IntStream.range(0, count).forEach(i -> questions.add(question(server, now)));
    return List.copyOf(questions);
  }

  /** One question with texts of its own. */
  Question question(String server, Instant now) {
    Principal principal =
        new Principal(PrincipalKind.AGENT, copy(presenter), Set.of("agent"), AuthMode.SIGNED);
    ToolCall call =
        new ToolCall(
            copy(server),
            copy("tools/call"),
            Optional.of(copy("add")),
            Json.createObjectBuilder().add("title", "a note").build());
    return new Question(
        principal,
        SURFACE,
        Map.of("server", "notes"),
        "127.0.0.1",
        Optional.of(copy(header())),
        Optional.of(call),
        now);
  }

  private static String copy(String text) {
    return new String(text.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII);
  }
}
