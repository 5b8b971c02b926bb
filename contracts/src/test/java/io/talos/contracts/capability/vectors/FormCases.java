package io.talos.contracts.capability.vectors;

import static io.talos.contracts.capability.vectors.Forge.ALICE;
import static io.talos.contracts.capability.vectors.Forge.AUTHORITY;
import static io.talos.contracts.capability.vectors.Forge.BOB;
import static io.talos.contracts.capability.vectors.Forge.bobs;
import static io.talos.contracts.capability.vectors.Forge.chain;
import static io.talos.contracts.capability.vectors.Forge.did;
import static io.talos.contracts.capability.vectors.Forge.multikey;
import static io.talos.contracts.capability.vectors.Forge.quoted;
import static io.talos.contracts.capability.vectors.Forge.root;

import io.talos.contracts.Bytes;
import io.talos.contracts.capability.vectors.Forge.Draft;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.did.Multikey;
import io.talos.contracts.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The members of a link, one by one. */
final class FormCases {
  private static final String FLAG = "Form";
  private final List<Case> cases = new ArrayList<>();

  private FormCases() {}

  static List<Case> all() {
    FormCases made = new FormCases();
    made.members();
    made.bounds();
    made.times();
    made.names();
    made.keys();
    made.places();
    return made.cases;
  }

  private void good(String comment, Draft draft) {
    cases.add(Case.good(FLAG, comment, chain(draft.signed()), did(ALICE)));
  }

  private void bad(String comment, Draft draft) {
    bad(comment, chain(draft.signed()));
  }

  private void bad(String comment, String text) {
    cases.add(Case.bad(FLAG, comment, text, did(ALICE), ErrorCode.CAPABILITY_INVALID));
  }

  private void members() {
    for (String member :
        List.of(
            "v",
            "id",
            "issuer",
            "subject",
            "audience",
            "scope",
            "issued_at",
            "expires_at",
            "delegation_depth")) {
      bad("without " + member, root().without(member));
      bad(member + " is an object", root().with(member, "{}"));
    }
    bad("without a signature", chain(root().terms()));
    bad("a signature of 63 bytes", chain(root().withSignature(quoted("A".repeat(84)))));
    bad("a signature of 65 bytes", chain(root().withSignature(quoted("A".repeat(87)))));
    bad("a signature with unused bits", chain(root().withSignature(quoted("A".repeat(85) + "B"))));
    bad("a padded signature", chain(root().withSignature(quoted("A".repeat(86) + "=="))));
    bad("a signature in hex", chain(root().withSignature(quoted("00".repeat(64)))));
    bad("another version", root().with("v", "\"talos.capability/2\""));
    bad("the version in capitals", root().with("v", "\"TALOS.CAPABILITY/1\""));
  }

  private void bounds() {
    good("as many calls as a double counts", root().with("calls", "9007199254740991"));
    bad("one call more than a double counts", root().with("calls", "9007199254740992"));
    bad("no calls", root().with("calls", "0"));
    good("the smallest spend", root().with("spend_micro_usd", "1"));
    good("the largest spend", root().with("spend_micro_usd", "9007199254740991"));
    bad("no spend", root().with("spend_micro_usd", "0"));
    bad("a negative spend", root().with("spend_micro_usd", "-1"));
    bad("a spend as text", root().with("spend_micro_usd", "\"1\""));
    bad("more spend than a double counts", root().with("spend_micro_usd", "9007199254740992"));
    good("the deepest depth", root().with("delegation_depth", "15"));
    bad("too deep", root().with("delegation_depth", "16"));
    bad("a negative depth", root().with("delegation_depth", "-1"));
    good("16 scopes", root().with("scope", many(16, "\"tool:notes\"")));
    bad("17 scopes", root().with("scope", many(17, "\"tool:notes\"")));
    bad("no networks", root().with("sources", "[]"));
    bad("17 networks", root().with("sources", many(17, "\"192.0.2.0/24\"")));
    String constraint = "{\"pointer\":\"/x\",\"type\":\"exact\",\"value\":1}";
    bad("17 constraints", root().with("constraints", many(17, constraint)));
    bad("an audience of 513", root().with("audience", quoted("a".repeat(513))));
    bad("an audience with a space", root().with("audience", quoted("talos example")));
    bad("an audience beyond ASCII", root().with("audience", quoted("https://t\u00e4los.example")));
    bad("an empty audience", root().with("audience", quoted("")));
  }

  private static String many(int count, String json) {
    return IntStream.range(0, count).mapToObj(i -> json).collect(Collectors.joining(",", "[", "]"));
  }

  private void times() {
    good("the first year", root().with("issued_at", "\"0000-01-01T00:00:00.000Z\""));
    good("the last millisecond of all", root().with("expires_at", "\"9999-12-31T23:59:59.999Z\""));
    good("a leap day", root().with("issued_at", "\"2024-02-29T00:00:00.000Z\""));
    for (String time :
        List.of(
            "2026-12-01T24:00:00.000Z",
            "2026-12-01T23:59:60.000Z",
            "2026-13-01T00:00:00.000Z",
            "2026-11-31T00:00:00.000Z",
            "2100-02-29T00:00:00.000Z",
            "2026-12-01t00:00:00.000z",
            "2026-12-01T00:00:00.000+00:00",
            "2026-12-01T00:00:00.00Z",
            "2026-12-01T00:00:00.0000Z",
            "2026-12-01T00:00:00,000Z",
            "2026-12-01 00:00:00.000Z",
            "+2026-12-1T00:00:00.000Z",
            "-001-12-01T00:00:00.000Z",
            "1798761600000")) {
      bad("an end at " + time, root().with("expires_at", quoted(time)));
    }
    bad("an end when it was issued", root().with("issued_at", quoted(Forge.ENDS)));
    bad("a start at the end", root().with("not_before", quoted(Forge.ENDS)));
  }

  private void names() {
    for (String id :
        List.of(
            "019AA000-0000-7000-8000-000000000001",
            "019aa000-0000-4000-8000-000000000001",
            "019aa000-0000-7000-c000-000000000001",
            "019aa00000007000800000000000001",
            "{019aa000-0000-7000-8000-000000000001}")) {
      bad("an id " + id, root().with("id", quoted(id)));
    }
    for (String scope :
        List.of(
            "",
            "tool:",
            "notes",
            "tool:no tes",
            "tool:-notes",
            "tool:notes/",
            "tool:notes/method:",
            "tool:notes/method:a/b",
            "tool:notes/resource:",
            "tool:notes/resource:a//b",
            "tool:notes/resource:a/../b",
            "tool:notes/resource:**/a",
            "tool:notes/resource:a*",
            "tool:notes/resource:a/method:b ",
            "tool:*",
            "TOOL:notes",
            "tool:n\u00f6tes",
            "tool:" + "n".repeat(129))) {
      bad("a scope " + scope, root().with("scope", "[" + quoted(scope) + "]"));
    }
    good(
        "a name of 128", root().with("scope", "[\"tool:notes\",\"tool:" + "n".repeat(128) + "\"]"));
  }

  private void keys() {
    bad(
        "the alias of a DID",
        root().with("subject", quoted("did:talos:" + ALICE.publicKey().hex())));
    bad("a DID URL", root().with("subject", quoted(did(ALICE) + "#" + multikey(ALICE))));
    bad("a did:web", root().with("subject", "\"did:web:alice.example\""));
    bad(
        "a key for key agreement",
        root().with("subject", quoted("did:key:" + Multikey.x25519(ALICE.publicKey()).text())));
    bad(
        "a character that base58 has not",
        root().with("subject", quoted(did(ALICE).replace("k", "0"))));
    bad("a key that is cut", root().with("subject", quoted(did(ALICE).substring(0, 55))));
    for (String[] key :
        new String[][] {
          {"the neutral point", "01" + "00".repeat(31)},
          {"a point of order 2", "ec" + "ff".repeat(30) + "7f"},
          {"a point of order 4", "00".repeat(32)},
          {
            "a point of order 8", "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"
          },
          {"the neutral point, not canonical", "ee" + "ff".repeat(30) + "7f"},
          {"the neutral point with a sign", "01" + "00".repeat(30) + "80"},
          {"no point of the curve", "02" + "00".repeat(31)}
        }) {
      Bytes bytes = Hex.decode(key[1]);
      String multikey = Multikey.ed25519(bytes).text();
      bad(
          "a subject whose key is " + key[0],
          root().with("subject", quoted("did:key:" + multikey)));
      bad("an issuer_key that is " + key[0], root().with("issuer_key", quoted(multikey)));
    }
    bad(
        "an issuer_key that is the issuer's own",
        root().with("issuer_key", quoted(multikey(AUTHORITY))));
    bad("an issuer_key that is a DID", root().with("issuer_key", quoted(did(BOB))));
    bad("an empty issuer_key", root().with("issuer_key", quoted("")));
  }

  private void places() {
    String first = root().signed();
    bad("a parent at the root", root().with("parent", quoted("00".repeat(32))));
    bad(
        "an audience behind the root",
        chain(first, bobs(first).with("audience", quoted(Forge.AUDIENCE)).signed()));
    bad("a second root", chain(first, first));
    bad("no root", chain(bobs(first).signed()));
    bad(
        "a parent in capitals",
        chain(first, bobs(first).with("parent", quoted("AB".repeat(32))).signed()));
    bad(
        "a parent of 31 bytes",
        chain(first, bobs(first).with("parent", quoted("ab".repeat(31))).signed()));
    bad("a link that is a text", "[\"link\"]");
  }
}
