package io.talos.identity.agents;

import io.talos.contracts.channel.IdentityKey;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyHistory;
import io.talos.contracts.did.KeyStatement;
import io.talos.contracts.error.ErrorCode;
import java.time.Instant;
import java.util.Optional;

/**
 * What somebody asks to be registered as; nothing in it is checked yet.
 *
 * <p>The key-agreement key is certified under its own label, so that no other signature of the
 * agent can pass for the certificate.
 *
 * @param keyAgreement the DID, the X25519 key, and the certificate
 * @param displayName what it wants to be called
 * @param inception the first statement of its key history, when it begins one now
 */
public record Registration(
    IdentityKey keyAgreement, Optional<String> displayName, Optional<KeyStatement> inception) {

  /** Without a key history. */
  public Registration(IdentityKey keyAgreement, Optional<String> displayName) {
    this(keyAgreement, displayName, Optional.empty());
  }

  /**
   * Why {@code caller}, who has proved that it holds its key, cannot register so; empty when it
   * can.
   */
  public Optional<ErrorCode> refusal(String caller) {
    if (!keyAgreement.did().equals(caller)) {
      return Optional.of(ErrorCode.TALOS_DENIED);
    }
    if (!X25519.isPublicKey(keyAgreement.publicKey()) || !keyAgreement.isCertified()) {
      return Optional.of(ErrorCode.KEY_INVALID);
    }
    Optional<ErrorCode> badStart =
        inception.flatMap(KeyHistory.of(Did.parse(keyAgreement.did()))::refusal);
    if (badStart.isPresent()) {
      return badStart;
    }
    if (!displayName.map(DisplayName::isUsable).orElse(true)) {
      return Optional.of(ErrorCode.TALOS_INVALID_INPUT);
    }
    return Optional.empty();
  }

  /** The agent that comes of it. */
  public Agent agent(Instant now) {
    Did did = Did.parse(keyAgreement.did());
    return new Agent(
        did,
        did.publicKey(),
        keyAgreement,
        displayName.map(DisplayName::new),
        now,
        Optional.empty());
  }
}
