package io.talos.contracts.did;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Json;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One signed step in the life of an agent's key; well-formed, but only a {@link KeyHistory} says
 * whether it is good.
 *
 * <p>The signature covers {@code talos:key-statement:v1} LF and the RFC 8785 form of the statement
 * without {@code signature} and {@code key_proof}. A new key proves itself over the same bytes with
 * the label {@code talos:key-proof:v1}. The statement's hash is the SHA-256 of the RFC 8785 form of
 * the whole.
 *
 * <p>Source: docs/reference/key-history.md; RFC 8785 §3; RFC 8032 §5.1.
 *
 * @param did whose key it is; the DID stays, whatever the key
 * @param sequence its place in the history, from 0
 * @param previous hash of the statement before; none for the first
 * @param key the new Ed25519 key, when the statement brings one
 * @param recovery SHA-256 of the recovery key that is promised from here on
 * @param recoveryKey the Ed25519 key that was promised before and signs this statement
 * @param createdAt when its signer says it was made
 * @param keyProof the new key's own signature
 * @param signature by the key that speaks for the agent, or by {@code recoveryKey}
 */
public record KeyStatement(
    Did did,
    Type type,
    long sequence,
    Optional<Bytes> previous,
    Optional<Bytes> key,
    Optional<Bytes> recovery,
    Optional<Bytes> recoveryKey,
    Instant createdAt,
    Optional<Bytes> keyProof,
    Bytes signature) {
  /** The form's name. */
  public static final String SCHEMA_ID = "talos.key_statement";

  /** The form's version. */
  public static final String SCHEMA_VERSION = "v1";

  private static final String LABEL = "talos:key-statement:v1\n";
  private static final String PROOF_LABEL = "talos:key-proof:v1\n";
  private static final Set<String> MEMBERS =
      Set.of(
          "schema_id",
          "schema_version",
          "did",
          "type",
          "sequence",
          "previous",
          "key",
          "recovery",
          "recovery_key",
          "created_at",
          "key_proof",
          "signature");

  /** What a statement does. */
  public enum Type {
    /** Begins a history and may promise a recovery key. */
    INCEPTION,
    /** Replaces the key; signed by the key that is replaced. */
    ROTATE,
    /** Replaces the key; signed by the promised recovery key. */
    RECOVER,
    /** Ends the history; signed by the current or the recovery key. */
    REVOKE;

    /** The name on the wire. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    private boolean bringsKey() {
      return this == ROTATE || this == RECOVER;
    }

    private boolean fits(boolean promise, boolean revealed) {
      return switch (this) {
        case INCEPTION -> !revealed;
        case ROTATE -> !promise && !revealed;
        case RECOVER -> revealed;
        case REVOKE -> !promise;
      };
    }
  }

  /** Checks that the type has the members that belong to it, and their sizes. */
  public KeyStatement {
    Check.that(did.method() == Did.Method.KEY, "the history is a did:key's");
    Check.that(sequence >= 0 && sequence < Limits.STATEMENTS_MAX, "the sequence is in its bounds");
    Check.that((type == Type.INCEPTION) == (sequence == 0), "a history begins with its inception");
    Check.that(previous.isPresent() == (sequence > 0), "all but the first name the one before");
    Check.that(key.isPresent() == type.bringsKey(), "a key comes with rotate and recover");
    Check.that(keyProof.isPresent() == type.bringsKey(), "a new key proves itself");
    Check.that(type.fits(recovery.isPresent(), recoveryKey.isPresent()), "recovery members fit");
    Check.that(size(previous, Sha256.SIZE) && size(recovery, Sha256.SIZE), "hashes have 32 bytes");
    key.ifPresent(Ed25519::requirePublicKey);
    recoveryKey.ifPresent(Ed25519::requirePublicKey);
    Check.that(
        size(keyProof, Ed25519.SIGNATURE_SIZE) && signature.size() == Ed25519.SIGNATURE_SIZE,
        "signatures have 64 bytes");
    Check.that(WireTime.cut(createdAt).equals(createdAt), "the time has whole milliseconds");
  }

  private static boolean size(Optional<Bytes> bytes, int size) {
    return bytes.map(Bytes::size).orElse(size) == size;
  }

  /**
   * Reads the JSON form; see {@link #toJson}.
   *
   * @throws TalosException {@link ErrorCode#KEY_STATEMENT_INVALID} when a member is missing,
   *     unknown, malformed or does not belong to the type
   */
  public static KeyStatement fromJson(JsonObject json) {
    try {
      Check.that(MEMBERS.containsAll(json.keySet()), "no unknown members");
      Check.that(text(json, "schema_id").equals(SCHEMA_ID), "the schema is known");
      Check.that(text(json, "schema_version").equals(SCHEMA_VERSION), "the version is known");
      return new KeyStatement(
          did(json),
          type(json),
          sequence(json),
          hash(json, "previous"),
          key(json, "key"),
          hash(json, "recovery"),
          key(json, "recovery_key"),
          WireTime.parse(text(json, "created_at")),
          optional(json, "key_proof").map(KeyStatement::signature),
          signature(text(json, "signature")));
    } catch (TalosException | IllegalArgumentException e) {
      throw new TalosException(ErrorCode.KEY_STATEMENT_INVALID, "a malformed key statement", e);
    }
  }

  private static Did did(JsonObject json) {
    String text = text(json, "did");
    Did did = Did.parse(text);
    Check.that(did.text().equals(text), "the DID is in its one form");
    return did;
  }

  private static Type type(JsonObject json) {
    String name = text(json, "type");
    for (Type type : Type.values()) {
      if (type.wire().equals(name)) {
        return type;
      }
    }
    throw new IllegalArgumentException("an unknown type");
  }

  private static long sequence(JsonObject json) {
    // Compared as text, so that 1.0, 1e0 and 1e9999 are not read as numbers of statements.
    if (json.get("sequence") instanceof JsonNumber number
        && number.toString().matches("0|[1-9][0-9]{0,3}")) {
      return number.longValue();
    }
    throw new IllegalArgumentException("the sequence is not a small whole number");
  }

  private static Optional<Bytes> hash(JsonObject json, String name) {
    return optional(json, name).map(Hex::decode);
  }

  private static Optional<Bytes> key(JsonObject json, String name) {
    return optional(json, name)
        .map(Multikey::parse)
        .map(
            multikey -> {
              Check.that(multikey.kind() == Multikey.Kind.ED25519, "the key can sign");
              return multikey.key();
            });
  }

  private static Bytes signature(String text) {
    return Base64Url.decode(text, Ed25519.SIGNATURE_SIZE);
  }

  private static Optional<String> optional(JsonObject json, String name) {
    return json.containsKey(name) ? Optional.of(text(json, name)) : Optional.empty();
  }

  private static String text(JsonObject json, String name) {
    if (json.get(name) instanceof JsonString text) {
      return text.getString();
    }
    throw new IllegalArgumentException(name + " is not a text");
  }

  /** The JSON form; absent members are left out. */
  public JsonObject toJson() {
    JsonObjectBuilder json = Json.createObjectBuilder(unsigned());
    keyProof.ifPresent(proof -> json.add("key_proof", Base64Url.encode(proof)));
    return json.add("signature", Base64Url.encode(signature)).build();
  }

  private JsonObject unsigned() {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("schema_id", SCHEMA_ID)
            .add("schema_version", SCHEMA_VERSION)
            .add("did", did.text())
            .add("type", type.wire())
            .add("sequence", sequence)
            .add("created_at", WireTime.format(createdAt));
    previous.ifPresent(hash -> json.add("previous", hash.hex()));
    key.ifPresent(k -> json.add("key", Multikey.ed25519(k).text()));
    recovery.ifPresent(hash -> json.add("recovery", hash.hex()));
    recoveryKey.ifPresent(k -> json.add("recovery_key", Multikey.ed25519(k).text()));
    return json.build();
  }

  /** Exactly the bytes that the signature covers. */
  public Bytes signedBytes() {
    return Bytes.utf8(LABEL).concat(CanonicalJson.encode(unsigned()));
  }

  /** Exactly the bytes that the new key signs. */
  public Bytes provedBytes() {
    return Bytes.utf8(PROOF_LABEL).concat(CanonicalJson.encode(unsigned()));
  }

  /** SHA-256 of the RFC 8785 form: what the next statement names. */
  public Bytes hash() {
    return Sha256.of(CanonicalJson.encode(toJson()));
  }

  /** The same statement with its signatures in place of those that stood there. */
  KeyStatement signedBy(Ed25519.KeyPair signer, Optional<Ed25519.KeyPair> newKey) {
    return new KeyStatement(
        did,
        type,
        sequence,
        previous,
        key,
        recovery,
        recoveryKey,
        createdAt,
        newKey.map(pair -> pair.sign(provedBytes())),
        signer.sign(signedBytes()));
  }
}
