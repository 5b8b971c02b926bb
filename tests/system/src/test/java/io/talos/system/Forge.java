package io.talos.system;

import io.talos.client.Identity;
import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyUrl;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A signed request put together by hand from the page on request signing, right as it begins; then
 * every part can be made wrong, and is signed wrong as it is.
 */
final class Forge {
  private static final int NONCE_BYTES = 16;

  private Http http;
  private final URI base;
  private final String method;
  private final String path;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private List<String> components = new ArrayList<>(List.of("@method", "@target-uri"));
  private Bytes body = Bytes.empty();
  private String afterParameters = "";
  private UnaryOperator<Bytes> signing;
  private UnaryOperator<String> sentInput = UnaryOperator.identity();

  private Forge(Http http, URI base, String method, String path, Identity signer) {
    this.http = http;
    this.base = base;
    this.method = method;
    this.path = path;
    this.signing = signer.signing()::sign;
    Instant now = Clock.systemUTC().instant();
    parameters.put("created", Long.toString(now.getEpochSecond()));
    parameters.put("expires", Long.toString(now.getEpochSecond() + 30));
    parameters.put("nonce", quoted(Base64Url.encode(Randomness.secure().bytes(NONCE_BYTES))));
    parameters.put("keyid", quoted(Did.parse(signer.did()).keyUrl()));
    parameters.put("alg", quoted("ed25519"));
    parameters.put("tag", quoted("talos"));
  }

  /** {@code GET /identity/whoami}, as {@code signer} would send it. */
  static Forge whoami(Stack stack, Identity signer) {
    return of(stack, "GET", "/identity/whoami", signer);
  }

  static Forge of(Stack stack, String method, String path, Identity signer) {
    return new Forge(stack.http(), stack.baseUri(), method, path, signer);
  }

  /** Sends it to another server; it stays signed for the public address. */
  Forge at(Http other) {
    http = other;
    return this;
  }

  /** Signs with a key that speaks, or spoke, or never spoke, for the signer's DID. */
  Forge speaking(Did did, Ed25519.KeyPair key) {
    return parameter("keyid", quoted(new KeyUrl(did, key.publicKey()).text())).signing(key::sign);
  }

  static String quoted(String text) {
    return "\"" + text + "\"";
  }

  /** A parameter's value as it stands in the field: quotes and all. */
  Forge parameter(String name, String raw) {
    parameters.put(name, raw);
    return this;
  }

  Forge without(String name) {
    parameters.remove(name);
    return this;
  }

  /** Text after the last parameter, signed with the rest. */
  Forge afterParameters(String raw) {
    afterParameters = raw;
    return this;
  }

  /** The covered components; a part after a semicolon is a parameter of the component. */
  Forge covering(String... names) {
    components = List.of(names);
    return this;
  }

  Forge header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** A JSON body with its digest, covered. */
  Forge body(String text) {
    body = Bytes.utf8(text);
    headers.put(
        "content-digest",
        "sha-256=:" + Base64.getEncoder().encodeToString(Sha256.of(body).toArray()) + ":");
    components.add("content-digest");
    return this;
  }

  Forge capability(String text) {
    headers.put("talos-capability", text);
    components.add("talos-capability");
    return this;
  }

  /** Signs with {@code other}'s key and says nothing about it. */
  Forge signedBy(Identity other) {
    return signing(other.signing()::sign);
  }

  /** What becomes of the signature base. */
  Forge signing(UnaryOperator<Bytes> how) {
    signing = how;
    return this;
  }

  /** Changes the signature after it was made. */
  Forge signature(UnaryOperator<Bytes> change) {
    UnaryOperator<Bytes> made = signing;
    return signing(base -> change.apply(made.apply(base)));
  }

  /** Changes {@code Signature-Input} after it was signed. */
  Forge sentInput(UnaryOperator<String> change) {
    sentInput = change;
    return this;
  }

  Http.Request request() {
    String params =
        components.stream().map(Forge::component).collect(Collectors.joining(" ", "(", ")"))
            + parameters.entrySet().stream()
                .map(p -> ";" + p.getKey() + "=" + p.getValue())
                .collect(Collectors.joining())
            + afterParameters;
    String text =
        components.stream()
                .map(name -> component(name) + ": " + value(name) + "\n")
                .collect(Collectors.joining())
            + "\"@signature-params\": "
            + params;
    String signature =
        Base64.getEncoder().encodeToString(signing.apply(Bytes.utf8(text)).toArray());
    Http.Request request = http.request(method, path);
    if (!body.isEmpty()) {
      request.json(body.toArray());
    }
    headers.forEach(request::header);
    return request
        .header("signature-input", sentInput.apply("talos=" + params))
        .header("signature", "talos=:" + signature + ":");
  }

  Http.Answer send() {
    return http.send(request());
  }

  private static String component(String name) {
    int semicolon = name.indexOf(';');
    return semicolon < 0
        ? quoted(name)
        : quoted(name.substring(0, semicolon)) + name.substring(semicolon);
  }

  private String value(String component) {
    String name = component.replaceAll(";.*", "");
    int query = path.indexOf('?');
    return switch (name) {
      case "@method" -> method;
      case "@target-uri" -> base + path;
      case "@authority" -> base.getAuthority();
      case "@scheme" -> base.getScheme();
      case "@request-target" -> path;
      case "@path" -> query < 0 ? path : path.substring(0, query);
      case "@query" -> query < 0 ? "?" : path.substring(query);
      default -> headers.getOrDefault(name, "");
    };
  }
}
