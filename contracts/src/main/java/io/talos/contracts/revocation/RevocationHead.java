package io.talos.contracts.revocation;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Json;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far the revocations of an issuer went at an instant, signed by the issuer.
 *
 * <p>Source: docs/reference/revocation-feed.md, "Head".
 *
 * @param issuer whose capabilities the revocations are about; signs with the key that its DID is
 * @param epoch how many ids were revoked
 * @param chain digest over them all
 * @param issuedAt when it was so
 */
public record RevocationHead(Did issuer, long epoch, Bytes chain, Instant issuedAt) {
  /** The version that every head names; keeps its signature from being taken for another one. */
  public static final String VERSION = "talos.revocation_head/1";

  private static final BigDecimal EPOCH_MAX =
      BigDecimal.valueOf(io.talos.contracts.json.Limits.INTEGER_MAX);

  private static final Set<String> MEMBERS =
      Set.of("v", "issuer", "epoch", "chain", "issued_at", "signature");
  private static final io.talos.contracts.json.Limits JSON =
      new io.talos.contracts.json.Limits(
          Limits.HEAD_BYTES_MAX, Limits.HEAD_DEPTH_MAX, Limits.HEAD_VALUES_MAX);

  /** Checks what can be checked without the ids. */
  public RevocationHead {
    Check.that(issuer.method() == Did.Method.KEY, "the issuer's key is its DID");
    Check.that(epoch >= 0 && epoch <= Limits.IDS_MAX, "an epoch counts the revocations");
    Check.that(chain.size() == Sha256.SIZE, "a digest is a SHA-256");
    Check.that(epoch > 0 || chain.equals(RevocationChain.START), "nothing has no other digest");
    issuedAt = WireTime.cut(issuedAt);
  }

  private JsonObjectBuilder terms() {
    return Json.createObjectBuilder()
        .add("v", VERSION)
        .add("issuer", issuer.text())
        .add("epoch", epoch)
        .add("chain", chain.hex())
        .add("issued_at", WireTime.format(issuedAt));
  }

  /** The signed head as canonical JSON. */
  public Bytes signedBy(Ed25519.KeyPair key) {
    Check.that(Did.ofKey(key.publicKey()).equals(issuer), "the issuer signs its own head");
    Bytes signature = key.sign(CanonicalJson.encode(terms().build()));
    return CanonicalJson.encode(terms().add("signature", Base64Url.encode(signature)).build());
  }

  /**
   * Reads and verifies a head.
   *
   * @throws TalosException {@link ErrorCode#REVOCATION_FEED_INVALID} when it cannot be read, is of
   *     another issuer than the trusted ones, or is not signed by it
   */
  public static RevocationHead verify(Bytes json, Set<Did> trusted) {
    try {
      JsonObject object = StrictJson.parseObject(json, JSON);
      RevocationHead head = read(object);
      Check.that(trusted.contains(head.issuer()), "the issuer is trusted");
      Bytes signature = Base64Url.decode(text(object, "signature"));
      Bytes signed = CanonicalJson.encode(head.terms().build());
      Check.that(
          Ed25519.verify(head.issuer().publicKey(), signed, signature), "the issuer signed it");
      return head;
    } catch (IllegalArgumentException | TalosException e) {
      throw new TalosException(ErrorCode.REVOCATION_FEED_INVALID, "not a head to believe", e);
    }
  }

  private static RevocationHead read(JsonObject object) {
    Check.that(object.keySet().equals(MEMBERS), "a head has exactly its members");
    Check.that(text(object, "v").equals(VERSION), "the version is known");
    Did issuer = Did.parse(text(object, "issuer"));
    Check.that(issuer.text().equals(text(object, "issuer")), "a DID is in its native form");
    return new RevocationHead(
        issuer,
        epoch(object.get("epoch")),
        Hex.decode(text(object, "chain")),
        WireTime.parse(text(object, "issued_at")));
  }

  private static long epoch(@Nullable JsonValue json) {
    if (json instanceof JsonNumber number && number.isIntegral()) {
      BigDecimal epoch = number.bigDecimalValue();
      Check.that(
          epoch.compareTo(EPOCH_MAX) <= 0 && epoch.signum() >= 0, "an epoch is kept exactly");
      return epoch.longValueExact();
    }
    throw new IllegalArgumentException("an epoch is a whole number");
  }

  private static String text(JsonObject object, String name) {
    if (object.get(name) instanceof JsonString text) {
      return text.getString();
    }
    throw new TalosException(ErrorCode.REVOCATION_FEED_INVALID, name + " is no text");
  }
}
