package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Hkdf;
import io.talos.contracts.crypto.HmacSha256;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyHistory;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The key agreement of suite {@code talos-x3dh-2}: both sides authenticate each other, a responder
 * may be away, and whoever stands between them can neither join nor weaken it.
 *
 * <p>Notation: {@code ||} joins bytes; DH is X25519; every text is UTF-8; LF is one line feed; A is
 * the initiator, B the responder. IK are the certified X25519 identity keys, SPK and OPK are B's
 * signed and one-time prekey, EK and RK are A's fresh ephemeral and first ratchet key.
 *
 * <pre>
 * DH1 = DH(IK_A, SPK_B)   DH2 = DH(EK_A, IK_B)   DH3 = DH(EK_A, SPK_B)   DH4 = DH(EK_A, OPK_B)
 * field(x)     = length of x in bytes as two bytes, big-endian || x
 * context      = SHA-256("talos:x3dh-2:context:v1" LF || field(suite name)
 *                || field(DID_A) || field(IK_A) || field(DID_B) || field(IK_B)
 *                || field(EK_A) || field(RK_A) || field(SPK id) || field(SPK_B)
 *                || field(OPK id) || field(OPK_B))
 * S            = HKDF-SHA256(salt: 32 zero bytes,
 *                ikm: 32 bytes 0xFF || DH1 || DH2 || DH3 || DH4,
 *                info: "talos:x3dh-2:secret:v1" LF || context, 64 bytes)
 * root key     = S[0..32)
 * confirmation = HMAC-SHA256(S[32..64), "talos:x3dh-2:confirmation:v1" LF || context)
 * </pre>
 *
 * <p>Without a one-time prekey, DH4 is left out and both of its fields are empty. The context is
 * the associated data of every message of the channel, so both identities, every public key and the
 * suite's name are authenticated with each of them. The confirmation lets B refuse a wrong initial
 * message before a one-time prekey is spent. The {@link Ratchet} starts with the root key, RK_A as
 * A's and SPK_B as B's first ratchet key.
 *
 * <p>A draws EK, then RK, 32 bytes each.
 *
 * <p>Source: The X3DH Key Agreement Protocol, revision 1, §2.2, §3.3, §3.4; RFC 7748 §6.1; RFC 5869
 * §2.
 */
public final class X3dh {
  private static final String CONTEXT_LABEL = "talos:x3dh-2:context:v1\n";
  private static final String SECRET_LABEL = "talos:x3dh-2:secret:v1\n";
  private static final String CONFIRMATION_LABEL = "talos:x3dh-2:confirmation:v1\n";

  private X3dh() {}

  /** The initiator's side of a new channel. */
  public record Opened(InitialMessage message, RatchetState state) {}

  /**
   * The responder's side of a new channel.
   *
   * @param remaining the prekeys that are left; save them together with the state
   */
  public record Accepted(RatchetState state, Prekeys remaining) {}

  private record Handshake(
      Suite suite,
      IdentityKey initiator,
      String responderDid,
      Bytes responderKey,
      Bytes ephemeralKey,
      Bytes ratchetKey,
      String signedPrekeyId,
      Bytes signedPrekey,
      Optional<OneTimePrekey> oneTimePrekey) {

    Bytes context() {
      return Sha256.of(
          Bytes.utf8(CONTEXT_LABEL),
          field(Bytes.utf8(suite.wireName())),
          field(Bytes.utf8(initiator.did())),
          field(initiator.publicKey()),
          field(Bytes.utf8(responderDid)),
          field(responderKey),
          field(ephemeralKey),
          field(ratchetKey),
          field(Bytes.utf8(signedPrekeyId)),
          field(signedPrekey),
          field(Bytes.utf8(oneTimePrekey.map(OneTimePrekey::id).orElse(""))),
          field(oneTimePrekey.map(OneTimePrekey::publicKey).orElse(Bytes.empty())));
    }
  }

  private record Secrets(Bytes context, SecretBytes rootKey, Bytes confirmation) {}

  /**
   * Opens a channel from {@code own} to the agent {@code responderDid}.
   *
   * <p>Refuses with: {@link ErrorCode#X3DH_INVALID_SIGNATURE} when the bundle is not that agent's,
   * {@link ErrorCode#PREKEY_INVALID} when its signed prekey has expired, {@link
   * ErrorCode#RATCHET_INVALID_DH_KEY} when one of its keys is of low order.
   */
  public static Opened open(
      ChannelIdentity own,
      String responderDid,
      PrekeyBundle bundle,
      Randomness randomness,
      Instant now) {
    bundle.require(responderDid, now);
    Check.that(!own.did().equals(responderDid), "a channel has two ends");
    X25519.KeyPair ephemeral = X25519.generate(randomness);
    X25519.KeyPair ratchet = X25519.generate(randomness);
    Handshake handshake =
        new Handshake(
            Suite.TALOS_X3DH_2,
            own.certified(),
            responderDid,
            bundle.identity().publicKey(),
            ephemeral.publicKey(),
            ratchet.publicKey(),
            bundle.signedPrekey().id(),
            bundle.signedPrekey().publicKey(),
            bundle.oneTimePrekey());
    Secrets secrets = derive(handshake.context(), initiatorAgreements(own, ephemeral, handshake));
    InitialMessage message =
        new InitialMessage(
            handshake.suite(),
            handshake.initiator(),
            responderDid,
            handshake.ephemeralKey(),
            handshake.ratchetKey(),
            handshake.signedPrekeyId(),
            handshake.oneTimePrekey().map(OneTimePrekey::id),
            secrets.confirmation());
    return new Opened(
        message,
        RatchetSteps.initiator(
            handshake.suite(),
            secrets.context(),
            secrets.rootKey(),
            ratchet,
            handshake.signedPrekey()));
  }

  private static List<SecretBytes> initiatorAgreements(
      ChannelIdentity own, X25519.KeyPair ephemeral, Handshake handshake) {
    SecretBytes one = X25519.agree(own.pair().privateKey(), handshake.signedPrekey());
    SecretBytes two = X25519.agree(ephemeral.privateKey(), handshake.responderKey());
    SecretBytes three = X25519.agree(ephemeral.privateKey(), handshake.signedPrekey());
    return handshake
        .oneTimePrekey()
        .map(prekey -> X25519.agree(ephemeral.privateKey(), prekey.publicKey()))
        .map(four -> List.of(one, two, three, four))
        .orElse(List.of(one, two, three));
  }

  /**
   * Accepts the channel that {@code message} opens. The message was brought by somebody who says
   * that it is {@code initiatorDid}'s.
   *
   * <p>Nothing is spent unless the message is genuine; then the one-time prekey is gone from {@link
   * Accepted#remaining()}.
   *
   * <p>Refuses with: {@link ErrorCode#X3DH_MISSING_PREKEY} when a prekey is not, or no longer,
   * there, {@link ErrorCode#PREKEY_INVALID} when the signed prekey expired more than {@link
   * Limits#PREKEY_GRACE} ago, {@link ErrorCode#RATCHET_AUTH_FAILED} for everything that does not
   * authenticate, whatever the cause.
   */
  public static Accepted accept(
      Prekeys own, String initiatorDid, InitialMessage message, Instant now) {
    return accept(own, KeyHistory.of(initiator(initiatorDid)), message, now);
  }

  /** The same, from an initiator whose key may be another than its DID's own. */
  public static Accepted accept(
      Prekeys own, KeyHistory initiator, InitialMessage message, Instant now) {
    requireAddressed(own, initiator, message);
    Prekeys.Signed signed = own.signed().get(message.signedPrekeyId());
    if (signed == null) {
      throw new TalosException(ErrorCode.X3DH_MISSING_PREKEY, "no such signed prekey");
    }
    if (signed.prekey().isExpired(now.minus(Limits.PREKEY_GRACE))) {
      throw new TalosException(ErrorCode.PREKEY_INVALID, "the signed prekey has expired");
    }
    Optional<X25519.KeyPair> oneTime = message.oneTimePrekeyId().map(id -> requireOneTime(own, id));
    Handshake handshake =
        new Handshake(
            message.suite(),
            message.initiator(),
            own.identity().did(),
            own.identity().pair().publicKey(),
            message.ephemeralKey(),
            message.ratchetKey(),
            message.signedPrekeyId(),
            signed.prekey().publicKey(),
            oneTime.map(
                pair ->
                    new OneTimePrekey(message.oneTimePrekeyId().orElseThrow(), pair.publicKey())));
    try {
      Secrets secrets =
          derive(
              handshake.context(),
              responderAgreements(own.identity(), signed.pair(), oneTime, message));
      requireConfirmed(secrets, message);
      return new Accepted(
          RatchetSteps.responder(
              handshake.suite(),
              secrets.context(),
              secrets.rootKey(),
              signed.pair(),
              message.ratchetKey()),
          message.oneTimePrekeyId().map(own::withoutOneTime).orElse(own));
    } catch (TalosException e) {
      throw new TalosException(ErrorCode.RATCHET_AUTH_FAILED, "not a genuine opening", e);
    }
  }

  private static Did initiator(String text) {
    try {
      Did did = Did.parse(text);
      if (did.method() == Did.Method.KEY) {
        return did;
      }
    } catch (TalosException e) {
      throw new TalosException(ErrorCode.RATCHET_AUTH_FAILED, "not the DID of an agent", e);
    }
    throw new TalosException(ErrorCode.RATCHET_AUTH_FAILED, "not the DID of an agent");
  }

  private static void requireAddressed(Prekeys own, KeyHistory initiator, InitialMessage message) {
    String initiatorDid = initiator.did().text();
    boolean addressed =
        message.responderDid().equals(own.identity().did())
            && message.initiator().did().equals(initiatorDid)
            && !initiatorDid.equals(own.identity().did());
    if (!addressed
        || initiator.isRevoked()
        || !message.initiator().isCertifiedBy(initiator.currentKey())) {
      throw new TalosException(ErrorCode.RATCHET_AUTH_FAILED, "not between these two agents");
    }
  }

  private static X25519.KeyPair requireOneTime(Prekeys own, String id) {
    X25519.KeyPair pair = own.oneTime().get(id);
    if (pair == null) {
      throw new TalosException(ErrorCode.X3DH_MISSING_PREKEY, "no such one-time prekey");
    }
    return pair;
  }

  private static List<SecretBytes> responderAgreements(
      ChannelIdentity own,
      X25519.KeyPair signed,
      Optional<X25519.KeyPair> oneTime,
      InitialMessage message) {
    SecretBytes one = X25519.agree(signed.privateKey(), message.initiator().publicKey());
    SecretBytes two = X25519.agree(own.pair().privateKey(), message.ephemeralKey());
    SecretBytes three = X25519.agree(signed.privateKey(), message.ephemeralKey());
    return oneTime
        .map(pair -> X25519.agree(pair.privateKey(), message.ephemeralKey()))
        .map(four -> List.of(one, two, three, four))
        .orElse(List.of(one, two, three));
  }

  private static void requireConfirmed(Secrets secrets, InitialMessage message) {
    // Compared as secrets, that is in constant time.
    SecretBytes expected = SecretBytes.of(secrets.confirmation().toArray());
    if (!expected.equals(SecretBytes.of(message.confirmation().toArray()))) {
      throw new TalosException(ErrorCode.RATCHET_AUTH_FAILED, "the confirmation differs");
    }
  }

  private static Secrets derive(Bytes context, List<SecretBytes> agreements) {
    ByteBuffer material = ByteBuffer.allocate((1 + agreements.size()) * X25519.SIZE);
    Arrays.fill(material.array(), 0, X25519.SIZE, (byte) 0xFF);
    material.position(X25519.SIZE);
    for (SecretBytes agreement : agreements) {
      byte[] clear = agreement.reveal();
      material.put(clear);
      Arrays.fill(clear, (byte) 0);
      agreement.close();
    }
    try (SecretBytes keyMaterial = SecretBytes.of(material.array());
        SecretBytes both =
            Hkdf.derive(keyMaterial, Bytes.empty(), Bytes.utf8(SECRET_LABEL).concat(context), 64)) {
      Halves halves = Halves.of(both);
      try (SecretBytes confirmationKey = halves.second()) {
        return new Secrets(
            context,
            halves.first(),
            HmacSha256.tag(confirmationKey, Bytes.utf8(CONFIRMATION_LABEL).concat(context)));
      }
    } finally {
      Arrays.fill(material.array(), (byte) 0);
    }
  }

  private static Bytes field(Bytes value) {
    Check.atMost(value.size(), 0xFFFF, "a field's size");
    return Bytes.of((byte) (value.size() >>> 8), (byte) value.size()).concat(value);
  }
}
