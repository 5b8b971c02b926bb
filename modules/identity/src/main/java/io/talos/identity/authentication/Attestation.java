package io.talos.identity.authentication;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyUrl;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.interop.V1Attestation;
import io.talos.contracts.port.UnverifiedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The {@code X-Talos-*} headers by which a client of Talos 1.x attests a request; nothing in them
 * is proved until {@link #require}.
 *
 * <p>The opcode is the id of the surface that the server found. Headers are not covered, so a
 * request that also shows a capability is refused: somebody on the way could have added it.
 *
 * <p>Source: Talos 1.x HTTP attestation v1.
 *
 * @param key the key that the request names, by DID, DID URL or 64 hex digits
 * @param signed what is signed
 * @param signature as sent
 */
public record Attestation(KeyUrl key, V1Attestation signed, String signature) {
  static final String KEY_ID = "x-talos-key-id";
  static final String TIMESTAMP = "x-talos-timestamp";
  static final String NONCE = "x-talos-nonce";
  static final String SIGNATURE = "x-talos-signature";

  private static final List<String> HEADERS = List.of(KEY_ID, TIMESTAMP, NONCE, SIGNATURE);
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern SECONDS = Pattern.compile("0|[1-9][0-9]{0,14}");
  private static final int NO_ORIGIN = -1;

  /** Whether the request carries any of the headers, and so must carry all of them well. */
  static boolean isPresent(UnverifiedRequest request) {
    return HEADERS.stream().anyMatch(header -> !request.header(header).isEmpty());
  }

  /**
   * Reads the headers.
   *
   * @throws TalosException {@link ErrorCode#AUTH_INVALID}
   */
  public static Attestation read(UnverifiedRequest request) {
    if (!request.header("talos-capability").isEmpty()) {
      throw invalid("an attestation does not cover a capability");
    }
    String seconds = single(request, TIMESTAMP);
    if (!SECONDS.matcher(seconds).matches()) {
      throw invalid("the timestamp is not a number of seconds");
    }
    return new Attestation(
        key(single(request, KEY_ID)),
        new V1Attestation(
            request.method(),
            target(request.targetUri()),
            request.body().filter(body -> !body.isEmpty()),
            single(request, NONCE),
            Long.parseLong(seconds),
            request.surface()),
        single(request, SIGNATURE));
  }

  /** What the request calls its key, when that can be read; for the log only. */
  public static Optional<String> claimedKeyId(UnverifiedRequest request) {
    try {
      return Optional.of(key(single(request, KEY_ID)).text());
    } catch (TalosException e) {
      return Optional.empty();
    }
  }

  /**
   * Refuses unless the named key signed this request and sent it for the first time.
   *
   * @throws TalosException {@link ErrorCode#AUTH_INVALID}, {@link
   *     ErrorCode#SCHEMA_VALIDATION_ERROR}, {@link ErrorCode#REPLAY_DETECTED}, {@link
   *     ErrorCode#AUTH_EXPIRED} for a minute after Redis lost its memory
   */
  public void require(Nonces nonces, Instant now) {
    signed.require(
        signature,
        key.key(),
        key.text(),
        now,
        (keyId, nonce, until) ->
            isFresh(nonces.spend(key.did(), memorised(nonce), earliest(), until, now)));
  }

  private static boolean isFresh(Nonces.Verdict verdict) {
    if (verdict == Nonces.Verdict.OLDER_THAN_MEMORY) {
      throw new TalosException(ErrorCode.AUTH_EXPIRED, "older than the memory of nonces");
    }
    return verdict == Nonces.Verdict.FRESH;
  }

  /** Two forms of nonces never meet, and whatever the client sent fits into a key of the memory. */
  private static String memorised(String nonce) {
    return "v1." + Base64Url.encode(Sha256.of(Bytes.utf8(nonce)));
  }

  /** When at the earliest a server may have taken the request: its time may lie ahead. */
  private Instant earliest() {
    Duration skew = io.talos.contracts.interop.Limits.SKEW;
    return Instant.ofEpochSecond(signed.timestamp()).minus(skew);
  }

  private static KeyUrl key(String text) {
    try {
      return HEX.matcher(text).matches()
          ? KeyUrl.own(Did.parse("did:talos:" + text))
          : KeyUrl.parse(text);
    } catch (TalosException e) {
      throw new TalosException(ErrorCode.AUTH_INVALID, "the key id names no key", e);
    }
  }

  /** Path and query as they were received. */
  private static String target(String targetUri) {
    int authority = targetUri.indexOf("://");
    int path = authority == NO_ORIGIN ? NO_ORIGIN : targetUri.indexOf('/', authority + 3);
    if (path == NO_ORIGIN) {
      throw invalid("the target has no path");
    }
    return targetUri.substring(path);
  }

  private static String single(UnverifiedRequest request, String header) {
    List<String> lines = request.header(header);
    if (lines.size() != 1 || lines.get(0).length() > Limits.ATTESTATION_CHARACTERS_MAX) {
      throw invalid("an attestation has each of its headers once");
    }
    return lines.get(0);
  }

  private static TalosException invalid(String why) {
    return new TalosException(ErrorCode.AUTH_INVALID, why);
  }
}
