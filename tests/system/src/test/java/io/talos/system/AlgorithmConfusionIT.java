package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base58;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.Multikey;
import io.talos.contracts.registry.Threat;
import java.security.GeneralSecurityException;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mallory wants the server to check something else than Bob's own Ed25519 signature. */
@OnTheStack
@Threat("T-IMPERSONATION-01")
class AlgorithmConfusionIT {
  private static final String INVALID = "AUTH_INVALID";
  private static final String FORGED = "AUTH_INVALID_SIGNATURE";

  private final Stack stack;
  private final Identity bob;
  private final Identity mallory;

  AlgorithmConfusionIT(Stack stack) {
    this.stack = stack;
    this.bob = Agents.registered(stack);
    this.mallory = Agents.registered(stack);
  }

  /** What Mallory sends; she has Bob's public key, and Bob's signatures over other things. */
  record Attack(String what, String code, BiFunction<Forge, AlgorithmConfusionIT, Forge> made) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static Attack attack(
      String what, String code, BiFunction<Forge, AlgorithmConfusionIT, Forge> made) {
    return new Attack(what, code, made);
  }

  static Stream<Attack> algorithms() {
    return Stream.of(
        attack(
            "an HMAC under Bob's public key",
            INVALID,
            (f, t) -> f.parameter("alg", "\"hmac-sha256\"").signing(t::macUnderBobsPublicKey)),
        attack(
            "an HMAC under Bob's public key that calls itself ed25519",
            FORGED,
            (f, t) -> f.signing(t::macUnderBobsPublicKey)),
        attack(
            "the algorithm none, and zeros",
            INVALID,
            (f, t) -> f.parameter("alg", "\"none\"").signing(base -> zeros())),
        attack("zeros", FORGED, (f, t) -> f.signing(base -> zeros())),
        attack(
            "no algorithm, and Mallory's signature",
            INVALID,
            (f, t) -> f.without("alg").signedBy(t.mallory)),
        attack("no algorithm, and Bob's signature", INVALID, (f, t) -> f.without("alg")),
        attack("the algorithm in capitals", INVALID, (f, t) -> f.parameter("alg", "\"ED25519\"")),
        attack("the algorithm as a token", INVALID, (f, t) -> f.parameter("alg", "ed25519")),
        attack(
            "another algorithm over Bob's signature",
            INVALID,
            (f, t) -> f.parameter("alg", "\"rsa-v1_5-sha256\"")),
        attack(
            "two algorithms, the second one right",
            INVALID,
            (f, t) -> f.parameter("alg", "\"none\";alg=\"ed25519\"")),
        attack(
            "two algorithms, the first one right",
            INVALID,
            (f, t) -> f.afterParameters(";alg=\"none\"")),
        attack(
            "Bob's Ed25519ph signature over the same bytes",
            FORGED,
            (f, t) -> f.signing(t::prehashedByBob)),
        attack(
            "Bob's Ed25519ctx signature over the same bytes",
            FORGED,
            (f, t) -> f.signing(t::withContextByBob)),
        attack(
            "Bob's certificate of his key agreement key",
            FORGED,
            (f, t) -> f.signing(base -> t.bob.channel().certified().signature())),
        attack(
            "Bob's signature of the base with one more line feed",
            FORGED,
            (f, t) -> f.signing(base -> t.bob.signing().sign(base.concat(Bytes.utf8("\n"))))),
        attack("no tag", INVALID, (f, t) -> f.without("tag")),
        attack("another tag", INVALID, (f, t) -> f.parameter("tag", "\"talos2\"")));
  }

  static Stream<Attack> keys() {
    return Stream.of(
        attack("Mallory's signature under Bob's key id", FORGED, (f, t) -> f.signedBy(t.mallory)),
        keyId("Bob's DID with Mallory's key", t -> t.bob.did() + "#" + fragment(t.mallory)),
        attack(
            "key id: Mallory's DID with Bob's key",
            FORGED,
            (f, t) ->
                f.parameter("keyid", Forge.quoted(t.mallory.did() + "#" + fragment(t.bob)))
                    .signedBy(t.mallory)),
        keyId("two keys", t -> Did.parse(t.bob.did()).keyUrl() + "#" + fragment(t.mallory)),
        keyId("a query", t -> t.bob.did() + "?versionId=" + fragment(t.mallory)),
        keyId("a path", t -> t.bob.did() + "/" + t.mallory.did()),
        attack(
            "key id: Bob's alias",
            FORGED,
            (f, t) ->
                f.parameter("keyid", Forge.quoted(Did.parse(t.bob.did()).alias()))
                    .signedBy(t.mallory)),
        keyId("an organisation's DID", t -> "did:web:example.org#" + fragment(t.mallory)),
        keyId("capitals", t -> t.bob.did().toUpperCase(java.util.Locale.ROOT)),
        keyId("a blank behind", t -> t.bob.did() + " "),
        keyId("an escaped character", t -> t.bob.did().replace("did:", "did%3A")),
        keyId("the raw key", t -> t.bob.signing().publicKey().hex()),
        keyId("a JWK", t -> "{'kty':'OKP','crv':'Ed25519','x':'AA'}"),
        keyId("a file", t -> "../../../../dev/null"),
        keyId("a place to fetch a key", t -> "https://mallory.example/keys/1"),
        keyId("nothing", t -> ""),
        keyId("the multikey alone", t -> fragment(t.bob)),
        keyId(
            "a key for key agreement",
            t -> "did:key:" + Multikey.x25519(t.bob.signing().publicKey()).text()),
        keyId("a key of P-256", t -> otherKind(0x80, 0x24, t.bob)),
        keyId("a key of secp256k1", t -> otherKind(0xe7, 0x01, t.bob)),
        keyId("a key of Ed448", t -> otherKind(0x83, 0x24, t.bob)),
        attack("no key id", INVALID, (f, t) -> f.without("keyid")),
        attack(
            "two key ids, Bob's first",
            INVALID,
            (f, t) -> f.afterParameters(";keyid=" + own(t.mallory)).signedBy(t.mallory)),
        attack(
            "the key id as bytes",
            INVALID,
            (f, t) -> f.parameter("keyid", ":AAAA:").signedBy(t.mallory)));
  }

  private static Attack keyId(
      String what, java.util.function.Function<AlgorithmConfusionIT, String> text) {
    return attack(
        "key id: " + what,
        INVALID,
        (f, t) -> f.parameter("keyid", Forge.quoted(text.apply(t))).signedBy(t.mallory));
  }

  private static String own(Identity agent) {
    return Forge.quoted(Did.parse(agent.did()).keyUrl());
  }

  private static String fragment(Identity agent) {
    return agent.did().substring("did:key:".length());
  }

  private static String otherKind(int first, int second, Identity agent) {
    Bytes prefix = Bytes.of((byte) first, (byte) second);
    return "did:key:z" + Base58.encode(prefix.concat(agent.signing().publicKey()));
  }

  static Stream<Attack> coverings() {
    return Stream.of(
        attack("no method", INVALID, (f, t) -> f.covering("@target-uri")),
        attack("no target", INVALID, (f, t) -> f.covering("@method")),
        attack(
            "the path instead of the target",
            INVALID,
            (f, t) -> f.covering("@method", "@path", "@query", "@authority")),
        attack("nothing", INVALID, (f, t) -> f.covering()),
        attack(
            "the method twice", INVALID, (f, t) -> f.covering("@method", "@method", "@target-uri")),
        attack(
            "the request of another message",
            INVALID,
            (f, t) -> f.covering("@method;req", "@target-uri;req")),
        attack(
            "a part of the query only",
            INVALID,
            (f, t) -> f.covering("@method", "@query-param;name=\"a\"")),
        attack("trailers", INVALID, (f, t) -> f.covering("@method", "@target-uri", "x-more;tr")),
        attack(
            "a field that is not there",
            INVALID,
            (f, t) -> f.covering("@method", "@target-uri", "x-missing")),
        attack(
            "the signature itself",
            FORGED,
            (f, t) -> f.covering("@method", "@target-uri", "signature")),
        attack("a parameter too many", INVALID, (f, t) -> f.parameter("scope", "\"*\"")),
        attack(
            "another order than was signed",
            FORGED,
            (f, t) ->
                f.sentInput(
                    text ->
                        text.replace(
                            "\"@method\" \"@target-uri\"", "\"@target-uri\" \"@method\""))),
        attack(
            "a longer life than was signed",
            FORGED,
            (f, t) ->
                f.sentInput(
                    text ->
                        text.replaceFirst(
                            "expires=[0-9]+", "expires=" + (Notes.now().getEpochSecond() + 50)))),
        attack(
            "a signature under another label",
            INVALID,
            (f, t) -> f.sentInput(text -> text.replaceFirst("talos=", "sig1="))),
        attack(
            "a second signature with the tag",
            "AUTH_AMBIGUOUS",
            (f, t) -> f.sentInput(text -> text + ", other=(\"@method\");tag=\"talos\"")));
  }

  @Test
  void the_forge_itself_makes_requests_that_are_accepted() {
    Http.Answer answer = Forge.whoami(stack, bob).send();

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().getString("id")).isEqualTo(bob.did());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"algorithms", "keys", "coverings"})
  void refused(Attack attack) {
    long before = admittedFor(bob);

    Http.Answer answer = attack.made().apply(Forge.whoami(stack, bob), this).send();

    assertThat(answer.status()).as(answer.text()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo(attack.code());
    assertThat(admittedFor(bob)).isEqualTo(before);
  }

  private long admittedFor(Identity agent) {
    return stack.count(
        "select count(*) from audit.event where kind = 'request.admitted' and principal_id = '"
            + agent.did()
            + "'");
  }

  private static Bytes zeros() {
    return Bytes.of(new byte[64]);
  }

  private Bytes macUnderBobsPublicKey(Bytes base) {
    try {
      // SHA-512, because a signature has 64 bytes.
      Mac mac = Mac.getInstance("HmacSHA512");
      mac.init(new SecretKeySpec(bob.signing().publicKey().toArray(), "HmacSHA512"));
      return Bytes.of(mac.doFinal(base.toArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Bytes prehashedByBob(Bytes base) {
    byte[] signature = new byte[64];
    byte[] hash = io.talos.contracts.crypto.Sha256.of(base).toArray();
    byte[] both = Bytes.of(hash).concat(Bytes.of(hash)).toArray();
    Ed25519.signPrehash(seed(), 0, new byte[0], both, 0, signature, 0);
    return Bytes.of(signature);
  }

  private Bytes withContextByBob(Bytes base) {
    byte[] signature = new byte[64];
    byte[] message = base.toArray();
    Ed25519.sign(seed(), 0, new byte[] {1}, message, 0, message.length, signature, 0);
    return Bytes.of(signature);
  }

  private byte[] seed() {
    return bob.signing().seed().reveal();
  }

  @Test
  void a_request_without_a_registered_key_is_refused_however_well_it_is_signed() {
    Identity stranger = Identity.generate(Randomness.secure());

    assertThat(Forge.whoami(stack, stranger).send().code()).isEqualTo("AGENT_NOT_REGISTERED");
  }
}
