package io.talos.contracts.http;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.Multikey;
import io.talos.contracts.error.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Signed requests written as text, line by line, so that what is signed does not come from the code
 * that checks it.
 */
final class RequestCases {
  static final String NOW = "2026-03-01T12:00:00.000Z";
  private static final long SECONDS = 1_772_366_400L;
  private static final String TARGET = "https://talos.example.org/mcp/notes?x=1";
  private static final Ed25519.KeyPair BOB = key(1);
  private static final Ed25519.KeyPair MALLORY = key(2);
  private static final String BOBS = Did.ofKey(BOB.publicKey()).text();
  private static final String BOBS_KEY = Did.ofKey(BOB.publicKey()).keyUrl();

  private final List<RequestCase> cases = new ArrayList<>();

  private RequestCases() {}

  private static Ed25519.KeyPair key(int seed) {
    byte[] bytes = new byte[Ed25519.SEED_SIZE];
    Arrays.fill(bytes, (byte) seed);
    return Ed25519.fromSeed(SecretBytes.of(bytes));
  }

  static List<RequestCase> all() {
    RequestCases made = new RequestCases();
    made.good();
    made.changed();
    made.coverage();
    made.parameters();
    made.times();
    made.keys();
    made.fields();
    return made.cases;
  }

  private static String parameters(long created, long expires, String keyId) {
    return ";created=%d;expires=%d;nonce=\"AAECAwQFBgcICQoLDA0ODw\";keyid=\"%s\";alg=\"ed25519\";tag=\"talos\""
        .formatted(created, expires, keyId);
  }

  private static String usual() {
    return parameters(SECONDS, SECONDS + 30, BOBS_KEY);
  }

  private static String digest(String body) {
    return "sha-256=:"
        + Base64.getEncoder().encodeToString(Sha256.of(Bytes.utf8(body)).toArray())
        + ":";
  }

  private static RequestCase get(String comment) {
    return signed(comment, bare("GET"), usual(), BOB, "@method", "@target-uri");
  }

  private static RequestCase post(String comment) {
    RequestCase bare =
        bare("POST")
            .with("{\"name\":\"x\"}")
            .header("content-digest", digest("{\"name\":\"x\"}"))
            .header("talos-capability", "W10");
    return signed(
        comment,
        bare,
        usual(),
        BOB,
        "@method",
        "@target-uri",
        "content-digest",
        "talos-capability");
  }

  private static RequestCase bare(String method) {
    return new RequestCase("", method, TARGET, new TreeMap<>(), Optional.empty(), Optional.empty());
  }

  /** Signs the base of RFC 9421 §2.5 over what {@code bare} says. */
  private static RequestCase signed(
      String comment,
      RequestCase bare,
      String parameters,
      Ed25519.KeyPair signer,
      String... covered) {
    StringBuilder base = new StringBuilder();
    StringBuilder list = new StringBuilder("(");
    for (String name : covered) {
      list.append(list.length() == 1 ? "" : " ").append('"').append(name).append('"');
      base.append('"').append(name).append("\": ").append(value(bare, name)).append('\n');
    }
    String input = list + ")" + parameters;
    base.append("\"@signature-params\": ").append(input);
    Bytes signature = signer.sign(Bytes.utf8(base.toString()));
    RequestCase made =
        new RequestCase(
            comment, bare.method(), bare.target(), bare.headers(), bare.body(), Optional.empty());
    return made.header("signature-input", "talos=" + input)
        .header(
            "signature", "talos=:" + Base64.getEncoder().encodeToString(signature.toArray()) + ":");
  }

  private static String value(RequestCase bare, String name) {
    return switch (name) {
      case "@method" -> bare.method();
      case "@target-uri" -> bare.target();
      case "@authority" -> "talos.example.org";
      case "@path" -> "/mcp/notes";
      case "@query" -> "?x=1";
      default -> String.join(", ", bare.headers().getOrDefault(name, List.of()));
    };
  }

  private static RequestCase with(String comment, String parameters) {
    return signed(comment, bare("GET"), parameters, BOB, "@method", "@target-uri");
  }

  private void good() {
    cases.add(get("without a body"));
    cases.add(post("with a body and a capability"));
    cases.add(
        signed("components in another order", bare("GET"), usual(), BOB, "@target-uri", "@method"));
    cases.add(
        signed(
            "more than is needed",
            bare("GET").header("accept", "a", "b"),
            usual(),
            BOB,
            "@method",
            "@target-uri",
            "accept",
            "@authority",
            "@path",
            "@query"));
    cases.add(with("a bare DID as key id", parameters(SECONDS, SECONDS + 60, BOBS)));
    cases.add(get("an empty body is no body").with(""));
    cases.add(
        get("another signature besides")
            .header("signature-input", "proxy=(\"x\");created=1, " + get("").input()));
    String next = BOBS + "#" + Multikey.ed25519(MALLORY.publicKey()).text();
    cases.add(
        signed(
            "a key that is not the DID's first; whether it may is not asked here",
            bare("GET"),
            parameters(SECONDS, SECONDS + 30, next),
            MALLORY,
            "@method",
            "@target-uri"));
  }

  private void changed() {
    cases.add(forged(post("another method").at("PUT", TARGET)));
    cases.add(forged(post("another case of the method").at("post", TARGET)));
    cases.add(forged(post("another query").at("POST", TARGET + "0")));
    cases.add(forged(post("another host").at("POST", TARGET.replace("talos.", "evil."))));
    cases.add(forged(post("another body").with("{\"name\":\"y\"}")));
    cases.add(
        forged(
            post("another body and its digest").with("{}").header("content-digest", digest("{}"))));
    cases.add(forged(post("another capability").header("talos-capability", "W10x")));
    cases.add(forged(post("the capability twice").header("talos-capability", "W10", "W10")));
    cases.add(
        forged(
            signed(
                "under another one's name",
                bare("GET"),
                usual(),
                MALLORY,
                "@method",
                "@target-uri")));
    cases.add(forged(get("zeros").header("signature", "talos=:" + "A".repeat(86) + "==:")));
    cases.add(
        forged(
            get("the parameters in another order")
                .header(
                    "signature-input",
                    get("")
                        .input()
                        .replace(
                            ";alg=\"ed25519\";tag=\"talos\"", ";tag=\"talos\";alg=\"ed25519\""))));
  }

  private static RequestCase forged(RequestCase made) {
    return made.refused(ErrorCode.AUTH_INVALID_SIGNATURE);
  }

  private void coverage() {
    invalid(signed("without the method", bare("GET"), usual(), BOB, "@target-uri"));
    invalid(signed("without the target", bare("GET"), usual(), BOB, "@method"));
    invalid(signed("nothing at all", bare("GET"), usual(), BOB));
    invalid(
        signed(
            "a body without a digest",
            bare("POST").with("{}"),
            usual(),
            BOB,
            "@method",
            "@target-uri"));
    invalid(
        signed(
            "a digest that is not covered",
            bare("POST").with("{}").header("content-digest", digest("{}")),
            usual(),
            BOB,
            "@method",
            "@target-uri"));
    invalid(
        signed(
            "a digest without a body",
            bare("GET").header("content-digest", digest("")),
            usual(),
            BOB,
            "@method",
            "@target-uri",
            "content-digest"));
    invalid(
        signed(
            "a capability that is not covered",
            bare("GET").header("talos-capability", "W10"),
            usual(),
            BOB,
            "@method",
            "@target-uri"));
    invalid(
        signed(
            "a component twice", bare("GET"), usual(), BOB, "@method", "@target-uri", "@method"));
    invalid(
        signed(
            "a header that is not there",
            bare("GET"),
            usual(),
            BOB,
            "@method",
            "@target-uri",
            "accept"));
    invalid(
        signed(
            "a name in capitals",
            bare("GET").header("Accept", "x"),
            usual(),
            BOB,
            "@method",
            "@target-uri",
            "Accept"));
    invalid(
        signed(
            "an unknown derived component",
            bare("GET"),
            usual(),
            BOB,
            "@method",
            "@target-uri",
            "@status"));
    invalid(
        post("two digests")
            .header(
                "content-digest",
                digest("{}") + ", " + digest("{\"name\":\"x\"}").replace("256", "512")));
    invalid(
        post("a digest of another kind")
            .header("content-digest", digest("{\"name\":\"x\"}").replace("256", "512")));
  }

  private void invalid(RequestCase made) {
    cases.add(made.refused(ErrorCode.AUTH_INVALID));
  }

  private void parameters() {
    for (String name : List.of("created", "expires", "nonce", "keyid", "alg", "tag")) {
      invalid(with("without " + name, usual().replaceAll(";" + name + "=[^;]*", "")));
    }
    invalid(with("a parameter twice", usual() + ";tag=\"talos\""));
    invalid(with("a parameter that nobody asked for", usual() + ";x=1"));
    for (String alg : List.of("rsa-pss-sha512", "hmac-sha256", "ED25519", "none", "")) {
      invalid(with("alg " + alg, usual().replace("\"ed25519\"", "\"" + alg + "\"")));
    }
    invalid(with("alg as a token", usual().replace("\"ed25519\"", "ed25519")));
    for (String nonce :
        List.of(
            "",
            "AAAAAAAAAAAAAAAAAAAA",
            "AAECAwQFBgcICQoLDA0ODw==",
            "AAECAwQFBgcICQoLDA0OD+",
            "AAECAwQFBgcICQoLDA0ODx",
            "A".repeat(88))) {
      invalid(with("nonce " + nonce, usual().replace("AAECAwQFBgcICQoLDA0ODw", nonce)));
    }
  }

  private void times() {
    cases.add(with("the last good instant", parameters(SECONDS - 59, SECONDS + 1, BOBS_KEY)));
    cases.add(with("5 s ahead", parameters(SECONDS + 5, SECONDS + 65, BOBS_KEY)));
    cases.add(
        with("6 s ahead", parameters(SECONDS + 6, SECONDS + 66, BOBS_KEY))
            .refused(ErrorCode.AUTH_NOT_YET_VALID));
    cases.add(
        with("expires now", parameters(SECONDS - 60, SECONDS, BOBS_KEY))
            .refused(ErrorCode.AUTH_EXPIRED));
    invalid(with("a life of 61 s", parameters(SECONDS, SECONDS + 61, BOBS_KEY)));
    invalid(with("no life", parameters(SECONDS, SECONDS, BOBS_KEY)));
    invalid(with("ends before it starts", parameters(SECONDS, SECONDS - 1, BOBS_KEY)));
    invalid(with("a decimal", usual().replaceFirst("created=[0-9]+", "created=1772366400.0")));
    invalid(with("a text", usual().replaceFirst("created=[0-9]+", "created=\"1772366400\"")));
    invalid(with("a date", usual().replaceFirst("created=[0-9]+", "created=@1772366400")));
    invalid(with("milliseconds", usual().replaceFirst("created=[0-9]+", "created=1772366400000")));
  }

  private void keys() {
    String x25519 = Multikey.x25519(BOB.publicKey()).text();
    String neutral = Multikey.ed25519(Bytes.of(neutral())).text();
    for (String keyId :
        List.of(
            "",
            "bob",
            "did:web:bob.example",
            BOBS + "#",
            BOBS + "#" + x25519,
            BOBS + "#" + neutral,
            "did:key:" + neutral,
            "did:key:" + x25519,
            BOBS + "x",
            "did:key:" + "z".repeat(300))) {
      invalid(with("key id " + keyId, parameters(SECONDS, SECONDS + 30, keyId)));
    }
    cases.add(
        forged(
            with(
                "the name of another key of the DID",
                parameters(
                    SECONDS,
                    SECONDS + 30,
                    BOBS + "#" + Multikey.ed25519(MALLORY.publicKey()).text()))));
  }

  private static byte[] neutral() {
    byte[] point = new byte[32];
    point[0] = 1;
    return point;
  }

  private void fields() {
    invalid(get("no signature").without("signature"));
    invalid(get("no input").without("signature-input"));
    invalid(get("no form").header("signature-input", "talos=\"@method\""));
    invalid(
        get("a label in capitals")
            .header("signature-input", get("").input().replace("talos=(", "Talos=(")));
    invalid(get("the label twice").header("signature-input", get("").input(), get("").input()));
    invalid(get("63 bytes").header("signature", "talos=:" + "A".repeat(84) + ":"));
    invalid(
        get("base64url").header("signature", get("").line("signature").replaceFirst(":.", ":-")));
    invalid(
        get("without padding").header("signature", get("").line("signature").replace("==:", ":")));
    invalid(get("text behind the dictionary").header("signature-input", get("").input() + " x"));
    cases.add(
        get("a second one with the tag")
            .header("signature-input", get("").input() + ", b=(\"@method\");tag=\"talos\"")
            .refused(ErrorCode.AUTH_AMBIGUOUS));
  }

  /** Whose name stands in every good request. */
  static String signerDid() {
    return BOBS;
  }

  /** The key that signed a good request, in hex. */
  static String signerKey(RequestCase made) {
    boolean other = made.input().contains("#" + Multikey.ed25519(MALLORY.publicKey()).text());
    return (other ? MALLORY : BOB).publicKey().hex();
  }
}
