package io.talos.contracts.capability.vectors;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.Multikey;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes links as text, member by member, and signs what it wrote: so it can also write what the
 * library would never write. Raw JSON goes in, nothing is checked.
 */
final class Forge {
  static final String AUDIENCE = "https://talos.example";
  static final String NOW = "2026-11-10T00:00:00.000Z";
  static final String ISSUED = "2026-11-01T00:00:00.000Z";
  static final String ENDS = "2026-12-01T00:00:00.000Z";

  static final Ed25519.KeyPair AUTHORITY = key(1);
  static final Ed25519.KeyPair ALICE = key(2);
  static final Ed25519.KeyPair BOB = key(3);
  static final Ed25519.KeyPair MALLORY = key(4);
  static final Ed25519.KeyPair CAROL = key(5);

  /** The key that Alice rotated to. */
  static final Ed25519.KeyPair ALICES_NEXT = key(12);

  private Forge() {}

  static Ed25519.KeyPair key(int seed) {
    byte[] bytes = new byte[Ed25519.SEED_SIZE];
    Arrays.fill(bytes, (byte) seed);
    return Ed25519.fromSeed(SecretBytes.of(bytes));
  }

  static String did(Ed25519.KeyPair actor) {
    return Did.ofKey(actor.publicKey()).text();
  }

  static String multikey(Ed25519.KeyPair actor) {
    return Multikey.ed25519(actor.publicKey()).text();
  }

  static String quoted(String text) {
    return '"' + text + '"';
  }

  /** A link whose members are raw JSON; the signer is who really signs. */
  record Draft(TreeMap<String, String> members, Ed25519.KeyPair signer) {
    Draft with(String member, String json) {
      TreeMap<String, String> changed = new TreeMap<>(members);
      changed.put(member, json);
      return new Draft(changed, signer);
    }

    Draft without(String member) {
      TreeMap<String, String> changed = new TreeMap<>(members);
      changed.remove(member);
      return new Draft(changed, signer);
    }

    Draft by(Ed25519.KeyPair other) {
      return new Draft(members, other);
    }

    Draft constrained(String... constraints) {
      return with("constraints", "[" + String.join(",", constraints) + "]");
    }

    /** The text that is signed. */
    String terms() {
      return text(members);
    }

    /** The link, signed over its terms as they stand. */
    String signed() {
      return signed(signer.sign(Bytes.utf8(terms())));
    }

    String signed(Bytes signature) {
      return withSignature(quoted(Base64Url.encode(signature)));
    }

    String withSignature(String json) {
      return text(with("signature", json).members);
    }

    private static String text(TreeMap<String, String> members) {
      return members.entrySet().stream()
          .map(e -> quoted(e.getKey()) + ":" + e.getValue())
          .collect(Collectors.joining(",", "{", "}"));
    }
  }

  /** What the authority gives to Alice: all of the notes tool, to be passed on three times. */
  static Draft root() {
    return link(AUTHORITY, ALICE, 3).with("audience", quoted(AUDIENCE));
  }

  /** What {@code issuer} passes on to {@code subject}, hung on {@code parent}. */
  static Draft child(String parent, Ed25519.KeyPair issuer, Ed25519.KeyPair subject, int depth) {
    return link(issuer, subject, depth).with("parent", quoted(hash(parent)));
  }

  /** What Alice passes on to Bob, hung on {@code parent}. */
  static Draft bobs(String parent) {
    return child(parent, ALICE, BOB, 2);
  }

  private static Draft link(Ed25519.KeyPair issuer, Ed25519.KeyPair subject, int depth) {
    TreeMap<String, String> members = new TreeMap<>();
    members.put("v", quoted("talos.capability/1"));
    members.put("id", quoted("019aa000-0000-7000-8000-00000000000" + depth));
    members.put("issuer", quoted(did(issuer)));
    members.put("subject", quoted(did(subject)));
    members.put("scope", "[\"tool:notes\"]");
    members.put("issued_at", quoted(ISSUED));
    members.put("expires_at", quoted(ENDS));
    members.put("delegation_depth", Integer.toString(depth));
    return new Draft(members, issuer);
  }

  static String hash(String link) {
    return Sha256.of(Bytes.utf8(link)).hex();
  }

  static String chain(String... links) {
    return "[" + String.join(",", List.of(links)) + "]";
  }

  static String header(String text) {
    return Base64Url.encode(Bytes.utf8(text));
  }
}
