package io.talos.contracts.capability;

import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Who plays in the capability stories, and what they start with. */
final class CapabilityCast {
  static final String AUDIENCE = "https://talos.example";
  static final Instant NOW = Instant.parse("2026-11-10T00:00:00Z");
  static final Instant ROOT_ENDS = Instant.parse("2026-12-01T00:00:00Z");
  static final UuidV7 ID = new UuidV7("019aa000-0000-7000-8000-000000000001");

  static final Ed25519.KeyPair AUTHORITY = key(1);
  static final Ed25519.KeyPair ALICE = key(2);
  static final Ed25519.KeyPair BOB = key(3);
  static final Ed25519.KeyPair MALLORY = key(4);

  private CapabilityCast() {}

  private static Ed25519.KeyPair key(int seed) {
    byte[] bytes = new byte[Ed25519.SEED_SIZE];
    Arrays.fill(bytes, (byte) seed);
    return Ed25519.fromSeed(SecretBytes.of(bytes));
  }

  static Did did(Ed25519.KeyPair actor) {
    return Did.ofKey(actor.publicKey());
  }

  /** What the authority gave Alice: the notes tool, ten calls, at most 100 of everything. */
  static UnverifiedCapability alices() {
    return RootGrant.of(did(ALICE), AUDIENCE, List.of(Scope.ofTool("notes")), ROOT_ENDS)
        .withDelegationDepth(2)
        .withCalls(10)
        .withConstraints(List.of(amountUpTo(100)))
        .signedBy(AUTHORITY, ID, NOW);
  }

  /** What Alice passed on to Bob: one method, for a day. */
  static UnverifiedCapability bobs() {
    return Attenuation.of(alices(), did(BOB))
        .withScope(List.of(Scope.parse("tool:notes/method:read")))
        .expiringAt(NOW.plusSeconds(86_400))
        .withDelegationDepth(0)
        .withCalls(3)
        .signedBy(ALICE, ID, NOW);
  }

  static Constraint amountUpTo(long most) {
    return new Constraint.Range(
        new ArgumentPointer("/amount"), OptionalLong.empty(), OptionalLong.of(most));
  }

  /** A link that its issuer really signed, whatever it says. */
  static UnverifiedCapability followedBy(
      UnverifiedCapability chain, Terms terms, Ed25519.KeyPair signer) {
    return new UnverifiedCapability(
        java.util.stream.Stream.concat(
                chain.links().stream(), java.util.stream.Stream.of(Link.sign(terms, signer)))
            .toList());
  }

  /** Terms that follow {@code chain} and change nothing but the depth. */
  static Terms next(UnverifiedCapability chain, Ed25519.KeyPair issuer, Ed25519.KeyPair subject) {
    Terms leaf = chain.leaf().terms();
    return new Terms(
        ID,
        did(issuer),
        Optional.empty(),
        did(subject),
        Optional.empty(),
        NOW,
        leaf.rights().withDelegationDepth(Math.max(0, leaf.delegationDepth() - 1)),
        Optional.of(chain.leaf().hash()));
  }

  /** {@code VERIFIED} or the code of the refusal. */
  static String answer(UnverifiedCapability chain, Ed25519.KeyPair presenter, Instant now) {
    return answer(chain, presenter, now, new Need.Call("notes", "read"));
  }

  static String answer(
      UnverifiedCapability chain, Ed25519.KeyPair presenter, Instant now, Need need) {
    return new CapabilityVerifier(Set.of(did(AUTHORITY)), AUDIENCE)
        .verify(chain, new Presentation(did(presenter).text(), need, now))
        .match(good -> "VERIFIED", refused -> refused.code().name());
  }

  static String name(ErrorCode code) {
    return code.name();
  }
}
