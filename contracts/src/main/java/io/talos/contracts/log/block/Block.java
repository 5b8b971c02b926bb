package io.talos.contracts.log.block;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.Did;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Json;
import io.talos.contracts.json.Limits;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * One link of a chain over a log's checkpoints.
 *
 * <p>Its core is the canonical JSON of everything but {@code nonce}, {@code hash} and {@code
 * signature}. Its hash is SHA-256 over the core's SHA-256 and the nonce as eight bytes, big-endian;
 * it begins with as many zero bits as the core claims. The producer signs {@code talos.block.v1}, a
 * line feed and the hash.
 *
 * <p>An instance has the right form, nothing more; {@link BlockValidation} says what holds.
 *
 * <p>Source: contracts/schemas/audit/block.v1; RFC 8785; RFC 8032.
 *
 * @param height how many blocks come before it
 * @param previous the hash of the block before it; zeros for the first
 * @param checkpoint what the log said of itself
 * @param time when the block was made
 * @param producer who made it, a did:key
 * @param workBits how many zero bits its hash begins with
 * @param nonce the number that was found
 * @param hash its hash
 * @param signature the producer's
 */
public record Block(
    long height,
    Bytes previous,
    Checkpoint checkpoint,
    Instant time,
    Did producer,
    int workBits,
    long nonce,
    Bytes hash,
    Bytes signature) {
  /** The form's name. */
  public static final String SCHEMA_ID = "talos.block";

  /** The form's version. */
  public static final String SCHEMA_VERSION = "v1";

  /** What stands before the first block. */
  public static final Bytes NO_BLOCK = Bytes.of(new byte[Sha256.SIZE]);

  private static final Bytes LABEL = Bytes.utf8("talos.block.v1\n");

  /** Checks the bounds. */
  public Block {
    Check.that(0 <= height && height <= Limits.INTEGER_MAX, "a height is not negative");
    Check.that(0 <= nonce && nonce <= Limits.INTEGER_MAX, "a nonce is not negative");
    Check.that(
        0 <= workBits && workBits <= io.talos.contracts.log.Limits.WORK_BITS_MAX,
        "light work is meant");
    Check.that(previous.size() == Sha256.SIZE && hash.size() == Sha256.SIZE, "a hash has 32 bytes");
    Check.that(signature.size() == Ed25519.SIGNATURE_SIZE, "a signature has 64 bytes");
  }

  /** Reads a block that its schema accepted. */
  static Block of(JsonObject json) {
    JsonObject checkpoint = json.getJsonObject("checkpoint");
    return new Block(
        json.getJsonNumber("height").longValueExact(),
        Hex.decode(json.getString("previous")),
        new Checkpoint(
            checkpoint.getString("origin"),
            checkpoint.getJsonNumber("size").longValueExact(),
            Hex.decode(checkpoint.getString("root"))),
        WireTime.parse(json.getString("time")),
        Did.parse(json.getString("producer")),
        json.getInt("work_bits"),
        json.getJsonNumber("nonce").longValueExact(),
        Hex.decode(json.getString("hash")),
        Base64Url.decode(json.getString("signature")));
  }

  /**
   * Makes the block after {@code height - 1} others: finds a nonce and signs. Takes some 2^{@code
   * workBits} hashes, about a microsecond each.
   *
   * @param producer whose public key is the block's did:key
   */
  public static Block produce(
      long height,
      Bytes previous,
      Checkpoint checkpoint,
      Instant now,
      Ed25519.KeyPair producer,
      int workBits) {
    Did did = Did.ofKey(producer.publicKey());
    Instant time = WireTime.cut(now);
    Bytes core = coreHash(core(height, previous, checkpoint, time, did, workBits).build());
    long most = 1L << Math.min(workBits + 8, 40); // not found with a chance of e^-256
    for (long nonce = 0; nonce < most; nonce++) {
      Bytes hash = hash(core, nonce);
      if (zeroBits(hash) >= workBits) {
        Bytes signature = producer.sign(LABEL.concat(hash));
        Check.that(
            Ed25519.verify(producer.publicKey(), LABEL.concat(hash), signature),
            "a signature that was just made verifies");
        return new Block(height, previous, checkpoint, time, did, workBits, nonce, hash, signature);
      }
    }
    throw new IllegalStateException("no nonce was found");
  }

  /** The block's JSON. */
  public JsonObject json() {
    return core(height, previous, checkpoint, time, producer, workBits)
        .add("nonce", nonce)
        .add("hash", hash.hex())
        .add("signature", Base64Url.encode(signature))
        .build();
  }

  /** The block's bytes. */
  public Bytes bytes() {
    return CanonicalJson.encode(json());
  }

  /** Whether the hash is that of the other members. */
  boolean isHashRight() {
    return hash(
            coreHash(core(height, previous, checkpoint, time, producer, workBits).build()), nonce)
        .equals(hash);
  }

  /** Whether the producer's key signed the hash. */
  boolean isSigned() {
    return producer.method() == Did.Method.KEY
        && Ed25519.verify(producer.publicKey(), LABEL.concat(hash), signature);
  }

  /** Whether the hash begins with the zero bits that the block claims. */
  boolean isWorked() {
    return zeroBits(hash) >= workBits;
  }

  private static JsonObjectBuilder core(
      long height, Bytes previous, Checkpoint checkpoint, Instant time, Did producer, int bits) {
    return Json.createObjectBuilder()
        .add("schema_id", SCHEMA_ID)
        .add("schema_version", SCHEMA_VERSION)
        .add("height", height)
        .add("previous", previous.hex())
        .add(
            "checkpoint",
            Json.createObjectBuilder()
                .add("origin", checkpoint.origin())
                .add("size", checkpoint.size())
                .add("root", checkpoint.root().hex()))
        .add("time", WireTime.format(time))
        .add("producer", producer.text())
        .add("work_bits", bits);
  }

  private static Bytes coreHash(JsonObject core) {
    return Sha256.of(CanonicalJson.encode(core));
  }

  private static Bytes hash(Bytes core, long nonce) {
    return Sha256.of(core, Bytes.of(ByteBuffer.allocate(Long.BYTES).putLong(nonce).array()));
  }

  private static int zeroBits(Bytes hash) {
    int bits = 0;
    for (int word = 0; word < Sha256.SIZE; word += Long.BYTES) {
      int zeros = Long.numberOfLeadingZeros(hash.longAt(word));
      bits += zeros;
      if (zeros < Long.SIZE) {
        break;
      }
    }
    return bits;
  }
}
