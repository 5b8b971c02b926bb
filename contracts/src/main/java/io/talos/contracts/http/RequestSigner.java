package io.talos.contracts.http;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyUrl;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Signs requests with an agent's key so that {@link SignatureVerification} accepts each of them
 * once, on a server whose clock agrees within seconds.
 *
 * <p>Covered are the method, the target URI, the body's digest when there is a body, and the
 * capability when one is shown. Every call draws a fresh nonce, so a retry is signed anew. Thread
 * safe when its randomness is.
 *
 * <p>Source: RFC 9421 §3.1, §3.3.6.
 */
public final class RequestSigner {
  /** How long a signature is good unless the caller says otherwise. */
  public static final Duration LIFETIME = Duration.ofSeconds(30);

  private final Ed25519.KeyPair key;
  private final String keyId;
  private final InstantSource clock;
  private final Randomness randomness;
  private final Duration lifetime;

  /** A signer whose signatures are good for {@link #LIFETIME}. */
  public RequestSigner(Ed25519.KeyPair key, InstantSource clock, Randomness randomness) {
    this(key, clock, randomness, LIFETIME);
  }

  /** A signer whose signatures are good for {@code lifetime}, in whole seconds. */
  public RequestSigner(
      Ed25519.KeyPair key, InstantSource clock, Randomness randomness, Duration lifetime) {
    this(Did.ofKey(key.publicKey()), key, clock, randomness, lifetime);
  }

  /** A signer for the agent {@code did}, for which {@code key} speaks now. */
  public RequestSigner(
      Did did, Ed25519.KeyPair key, InstantSource clock, Randomness randomness, Duration lifetime) {
    Check.that(
        lifetime.toSeconds() > 0 && lifetime.compareTo(Limits.LIFETIME_MAX) <= 0,
        "a signature lives 1 to " + Limits.LIFETIME_MAX.toSeconds() + " seconds");
    this.key = key;
    this.keyId = new KeyUrl(did, key.publicKey()).text();
    this.clock = clock;
    this.randomness = randomness;
    this.lifetime = lifetime;
  }

  /**
   * The headers to add to a request; the capability's own header is among them.
   *
   * @param targetUri the absolute URI exactly as it will be requested, with {@code /} as the
   *     shortest path, without a fragment
   * @param capability value of the {@code Talos-Capability} header, when one is shown
   * @param body the exact bytes that will be sent; no bytes are no body
   */
  public Map<String, String> sign(
      String method, String targetUri, Optional<String> capability, Optional<Bytes> body) {
    Map<String, String> headers = new LinkedHashMap<>();
    body.filter(bytes -> !bytes.isEmpty())
        .ifPresent(b -> headers.put(Headers.CONTENT_DIGEST, ContentDigest.of(b).headerValue()));
    capability.ifPresent(text -> headers.put(Headers.CAPABILITY, text));
    FieldValue.InnerList input = input(headers.keySet().stream().toList());
    SignableMessage message = new SignableMessage(method, targetUri, lines(headers));
    Bytes signature = key.sign(SignatureBase.of(message, input));
    headers.put(Headers.SIGNATURE_INPUT, UnverifiedSignature.LABEL + "=" + FieldText.of(input));
    headers.put(
        Headers.SIGNATURE,
        UnverifiedSignature.LABEL + "=" + FieldText.of(new FieldValue.Binary(signature)));
    return headers;
  }

  private FieldValue.InnerList input(List<String> headerNames) {
    Instant now = clock.instant();
    List<FieldValue.Item> components = new ArrayList<>();
    components.add(component("@method"));
    components.add(component("@target-uri"));
    headerNames.forEach(name -> components.add(component(name)));
    Map<String, FieldValue.Bare> parameters = new LinkedHashMap<>();
    parameters.put("created", new FieldValue.Whole(now.getEpochSecond()));
    parameters.put("expires", new FieldValue.Whole(now.getEpochSecond() + lifetime.toSeconds()));
    parameters.put("nonce", new FieldValue.Text(nonce()));
    parameters.put("keyid", new FieldValue.Text(keyId));
    parameters.put("alg", new FieldValue.Text(UnverifiedSignature.ALGORITHM));
    parameters.put("tag", new FieldValue.Text(UnverifiedSignature.TAG));
    return new FieldValue.InnerList(components, parameters);
  }

  private String nonce() {
    return Base64Url.encode(randomness.bytes(Limits.NONCE_BYTES_MIN));
  }

  private static FieldValue.Item component(String name) {
    return new FieldValue.Item(new FieldValue.Text(name), Map.of());
  }

  private static Map<String, List<String>> lines(Map<String, String> headers) {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    headers.forEach((name, value) -> lines.put(name, List.of(value)));
    return lines;
  }
}
