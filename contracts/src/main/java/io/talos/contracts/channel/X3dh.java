package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.ConstantTime;
import io.talos.contracts.crypto.MlKem768;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyHistory;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.time.Instant;
import java.util.Optional;

/**
 * The key agreement of suites {@code talos-pqxdh-2} and {@code talos-x3dh-2}: both sides
 * authenticate each other, a responder may be away, and whoever stands between them can neither
 * join nor weaken it. With {@code talos-pqxdh-2}, whoever records it cannot open it with a quantum
 * computer later.
 *
 * <p>Notation: {@code ||} joins bytes; DH is X25519; every text is UTF-8; LF is one line feed; A is
 * the initiator, B the responder. IK are the certified X25519 identity keys, SPK and OPK are B's
 * signed and one-time prekey, EK and RK are A's fresh ephemeral and first ratchet key, PQPK is B's
 * KEM prekey, CT and SS are A's encapsulation to it.
 *
 * <pre>
 * DH1 = DH(IK_A, SPK_B)   DH2 = DH(EK_A, IK_B)   DH3 = DH(EK_A, SPK_B)   DH4 = DH(EK_A, OPK_B)
 * field(x)     = length of x in bytes as two bytes, big-endian || x
 * context      = SHA-256(L "context:v…" LF || field(suite) || field(A's suites) || field(B's suites)
 *                || field(DID_A) || field(IK_A) || field(DID_B) || field(IK_B)
 *                || field(EK_A) || field(RK_A) || field(SPK id) || field(SPK_B)
 *                || field(OPK id) || field(OPK_B)
 *                || field(PQPK id) || field(PQPK_B) || field(CT))
 * S            = HKDF-SHA256(salt: 32 zero bytes,
 *                ikm: 32 bytes 0xFF || DH1 || DH2 || DH3 || DH4 || SS,
 *                info: L "secret:v1" LF || context, 64 bytes)
 * root key     = S[0..32)
 * confirmation = HMAC-SHA256(S[32..64), L "confirmation:v1" LF || context)
 * </pre>
 *
 * <p>L is {@code talos:pqxdh-2:} with context version 1, or {@code talos:x3dh-2:} with context
 * version 2, which has no PQPK, CT and SS: their fields are not there at all. Without a one-time
 * prekey, DH4 is left out and both of its fields are empty. The context is the associated data of
 * every message of the channel, so both identities, every public key, the ciphertext, both lists of
 * suites and the suite's name are authenticated with each of them. The confirmation lets B refuse a
 * wrong initial message before a one-time prekey is spent. The {@link Ratchet} starts with the root
 * key, RK_A as A's and SPK_B as B's first ratchet key.
 *
 * <p>A draws EK, then RK, then the chance of the encapsulation, 32 bytes each.
 *
 * <p>Source: The X3DH Key Agreement Protocol, revision 1, §2.2, §3.3, §3.4; The PQXDH Key Agreement
 * Protocol, revision 3, §2.2, §3.3, §3.4, §4.12 (why PQPK and CT are in the context); RFC 7748
 * §6.1; RFC 5869 §2; FIPS 203 §7.
 */
public final class X3dh {
  private X3dh() {}

  /** The initiator's side of a new channel. */
  public record Opened(InitialMessage message, RatchetState state) {}

  /**
   * The responder's side of a new channel.
   *
   * @param remaining the prekeys that are left; save them together with the state
   */
  public record Accepted(RatchetState state, Prekeys remaining) {}

  /**
   * Opens a channel from {@code own} to the agent {@code responderDid}, with the best suite that
   * both speak.
   *
   * <p>Refuses with: {@link ErrorCode#X3DH_INVALID_SIGNATURE} when the bundle is not that agent's,
   * {@link ErrorCode#PREKEY_INVALID} when a signed prekey has expired, {@link
   * ErrorCode#TALOS_PROTOCOL_MISMATCH} when there is no common suite or the KEM prekey was taken
   * out, {@link ErrorCode#RATCHET_INVALID_DH_KEY} when a key is of low order.
   */
  public static Opened open(
      ChannelIdentity own,
      String responderDid,
      PrekeyBundle bundle,
      Randomness randomness,
      Instant now) {
    return open(own, responderDid, bundle, SpokenSuites.ALL, randomness, now);
  }

  /** The same, by an initiator that speaks {@code offered} only. */
  public static Opened open(
      ChannelIdentity own,
      String responderDid,
      PrekeyBundle bundle,
      SpokenSuites offered,
      Randomness randomness,
      Instant now) {
    bundle.require(responderDid, now);
    Check.that(!own.did().equals(responderDid), "a channel has two ends");
    Suite suite = best(offered, bundle.signedPrekey().suites());
    X25519.KeyPair ephemeral = X25519.generate(randomness);
    X25519.KeyPair ratchet = X25519.generate(randomness);
    Optional<KemPrekey> kemPrekey = bundle.kemPrekey().filter(unused -> suite.hasKem());
    Optional<MlKem768.Encapsulated> kem =
        kemPrekey.map(prekey -> MlKem768.encapsulate(prekey.publicKey(), randomness));
    Transcript transcript =
        new Transcript(
            suite,
            offered,
            bundle.signedPrekey().suites(),
            own.certified(),
            responderDid,
            bundle.identity().publicKey(),
            ephemeral.publicKey(),
            ratchet.publicKey(),
            bundle.signedPrekey().id(),
            bundle.signedPrekey().publicKey(),
            bundle.oneTimePrekey(),
            kemPrekey,
            kem.map(MlKem768.Encapsulated::ciphertext));
    try (SecretBytes once = ephemeral.privateKey()) {
      Agreement.Secrets secrets =
          Agreement.derive(
              transcript,
              Agreement.initiator(
                  own.pair().privateKey(),
                  once,
                  transcript,
                  kem.map(MlKem768.Encapsulated::secret)));
      return new Opened(
          message(transcript, secrets.confirmation()),
          RatchetSteps.initiator(
              suite, secrets.context(), secrets.rootKey(), ratchet, transcript.signedPrekey()));
    }
  }

  private static Suite best(SpokenSuites offered, SpokenSuites spoken) {
    return spoken
        .best(offered)
        .orElseThrow(
            () -> new TalosException(ErrorCode.TALOS_PROTOCOL_MISMATCH, "no suite in common"));
  }

  private static InitialMessage message(Transcript transcript, Bytes confirmation) {
    return new InitialMessage(
        transcript.suite(),
        transcript.offered(),
        transcript.initiator(),
        transcript.responderDid(),
        transcript.ephemeralKey(),
        transcript.ratchetKey(),
        transcript.signedPrekeyId(),
        transcript.oneTimePrekey().map(OneTimePrekey::id),
        transcript
            .kemPrekey()
            .map(
                prekey ->
                    new InitialMessage.Kem(prekey.id(), transcript.kemCiphertext().orElseThrow())),
        confirmation);
  }

  /**
   * Accepts the channel that {@code message} opens. The message was brought by somebody who says
   * that it is {@code initiatorDid}'s.
   *
   * <p>Nothing is spent unless the message is genuine; then the one-time prekeys that it used are
   * gone from {@link Accepted#remaining()}.
   *
   * <p>Refuses with: {@link ErrorCode#X3DH_MISSING_PREKEY} when a prekey is not, or no longer,
   * there, {@link ErrorCode#PREKEY_INVALID} when a signed prekey expired more than {@link
   * Limits#PREKEY_GRACE} ago, {@link ErrorCode#TALOS_PROTOCOL_MISMATCH} when the suite is not the
   * best that both speak, {@link ErrorCode#RATCHET_AUTH_FAILED} for everything that does not
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
    Prekeys.Signed signed = requireSigned(own, message, now);
    if (best(message.suites(), signed.prekey().suites()) != message.suite()) {
      throw new TalosException(ErrorCode.TALOS_PROTOCOL_MISMATCH, "both speak a better suite");
    }
    Optional<X25519.KeyPair> oneTime = message.oneTimePrekeyId().map(id -> requireOneTime(own, id));
    Optional<Prekeys.Kem> kem = message.kem().map(part -> requireKem(own, part.prekeyId(), now));
    Transcript transcript = transcript(own, message, signed, oneTime, kem);
    try {
      Agreement.Secrets secrets =
          Agreement.derive(
              transcript,
              Agreement.responder(
                  own.identity().pair().privateKey(),
                  signed.pair().privateKey(),
                  oneTime,
                  kem.map(Prekeys.Kem::pair),
                  transcript));
      requireConfirmed(secrets, message);
      return new Accepted(
          RatchetSteps.responder(
              transcript.suite(),
              secrets.context(),
              secrets.rootKey(),
              signed.pair(),
              message.ratchetKey()),
          own.without(message));
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

  private static Prekeys.Signed requireSigned(Prekeys own, InitialMessage message, Instant now) {
    Prekeys.Signed signed = own.signed().get(message.signedPrekeyId());
    if (signed == null) {
      throw new TalosException(ErrorCode.X3DH_MISSING_PREKEY, "no such signed prekey");
    }
    if (signed.prekey().isExpired(now.minus(Limits.PREKEY_GRACE))) {
      throw new TalosException(ErrorCode.PREKEY_INVALID, "the signed prekey has expired");
    }
    return signed;
  }

  private static X25519.KeyPair requireOneTime(Prekeys own, String id) {
    X25519.KeyPair pair = own.oneTime().get(id);
    if (pair == null) {
      throw new TalosException(ErrorCode.X3DH_MISSING_PREKEY, "no such one-time prekey");
    }
    return pair;
  }

  private static Prekeys.Kem requireKem(Prekeys own, String id, Instant now) {
    Prekeys.Kem kem = own.kem().get(id);
    if (kem == null) {
      throw new TalosException(ErrorCode.X3DH_MISSING_PREKEY, "no such KEM prekey");
    }
    if (kem.prekey().isExpired(now.minus(Limits.PREKEY_GRACE))) {
      throw new TalosException(ErrorCode.PREKEY_INVALID, "the KEM prekey has expired");
    }
    return kem;
  }

  private static Transcript transcript(
      Prekeys own,
      InitialMessage message,
      Prekeys.Signed signed,
      Optional<X25519.KeyPair> oneTime,
      Optional<Prekeys.Kem> kem) {
    return new Transcript(
        message.suite(),
        message.suites(),
        signed.prekey().suites(),
        message.initiator(),
        own.identity().did(),
        own.identity().pair().publicKey(),
        message.ephemeralKey(),
        message.ratchetKey(),
        message.signedPrekeyId(),
        signed.prekey().publicKey(),
        oneTime.map(
            pair -> new OneTimePrekey(message.oneTimePrekeyId().orElseThrow(), pair.publicKey())),
        kem.map(Prekeys.Kem::prekey),
        message.kem().map(InitialMessage.Kem::ciphertext));
  }

  private static void requireConfirmed(Agreement.Secrets secrets, InitialMessage message) {
    if (!ConstantTime.equal(secrets.confirmation().toArray(), message.confirmation().toArray())) {
      throw new TalosException(ErrorCode.RATCHET_AUTH_FAILED, "the confirmation differs");
    }
  }
}
