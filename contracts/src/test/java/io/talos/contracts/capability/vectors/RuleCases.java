package io.talos.contracts.capability.vectors;

import static io.talos.contracts.capability.vectors.Forge.ALICE;
import static io.talos.contracts.capability.vectors.Forge.ALICES_NEXT;
import static io.talos.contracts.capability.vectors.Forge.AUTHORITY;
import static io.talos.contracts.capability.vectors.Forge.BOB;
import static io.talos.contracts.capability.vectors.Forge.CAROL;
import static io.talos.contracts.capability.vectors.Forge.MALLORY;
import static io.talos.contracts.capability.vectors.Forge.bobs;
import static io.talos.contracts.capability.vectors.Forge.chain;
import static io.talos.contracts.capability.vectors.Forge.child;
import static io.talos.contracts.capability.vectors.Forge.did;
import static io.talos.contracts.capability.vectors.Forge.multikey;
import static io.talos.contracts.capability.vectors.Forge.quoted;
import static io.talos.contracts.capability.vectors.Forge.root;

import io.talos.contracts.Bytes;
import io.talos.contracts.capability.vectors.Forge.Draft;
import io.talos.contracts.error.ErrorCode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The rules of a presentation, what comes before what, and signatures. */
final class RuleCases {
  private static final String EARLIER = "\"2026-11-09T23:59:59.999Z\"";
  private static final String OTHERS = "\"https://other.example\"";
  private static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private final List<Case> cases = new ArrayList<>();

  private RuleCases() {}

  static List<Case> all() {
    RuleCases made = new RuleCases();
    made.times();
    made.needs();
    made.sources();
    made.keys();
    made.signatures();
    made.order();
    return made.cases;
  }

  private static Case good(String flag, String comment, Draft draft) {
    return Case.good(flag, comment, chain(draft.signed()), did(ALICE));
  }

  private void times() {
    Draft plain = root();
    cases.add(good("Time", "the last millisecond", plain).at("2026-11-30T23:59:59.999Z"));
    cases.add(
        good("Time", "the very end", plain).at(Forge.ENDS).refused(ErrorCode.CAPABILITY_EXPIRED));
    Draft later = plain.with("not_before", quoted(Forge.NOW));
    cases.add(good("Time", "the very start", later));
    cases.add(
        good("Time", "a millisecond too early", later)
            .at("2026-11-09T23:59:59.999Z")
            .refused(ErrorCode.CAPABILITY_NOT_YET_VALID));
    cases.add(good("Time", "issued 60 s ahead", plain).at("2026-10-31T23:59:00.000Z"));
    cases.add(
        good("Time", "issued a millisecond further ahead", plain)
            .at("2026-10-31T23:58:59.999Z")
            .refused(ErrorCode.CAPABILITY_NOT_YET_VALID));
  }

  private void needs() {
    need("tool:notes/method:read", "call notes read", true);
    need("tool:notes/method:read", "call notes Read", false);
    need("tool:notes/method:read", "call notes2 read", false);
    need("tool:notes/method:read", "whole notes", false);
    need("tool:notes/method:read", "any notes", true);
    need("tool:notes/method:read", "any mail", false);
    need("tool:notes/method:read", "inspection", true);
    need("tool:notes", "whole notes", true);
    need("tool:notes", "call notes a/b", true);
    need("tool:notes", "call notes tool:notes", true);
    need("tool:notes/method:read", "call notes read/method:read", false);
    need("tool:notes/resource:a", "call notes read", false);
    need("tool:notes/method:read/resource:**", "call notes read", false);
    need("tool:notes/resource:a", "any notes", true);
    need("tool:notes", "call no/tes read", false);
    need("tool:notes", "any no/tes", false);
  }

  private void need(String scope, String need, boolean met) {
    Case made =
        good("Scope", scope + " for " + need, root().with("scope", "[" + quoted(scope) + "]"))
            .needing(need);
    cases.add(met ? made : made.refused(ErrorCode.CAPABILITY_SCOPE_MISMATCH));
  }

  private void sources() {
    String both = "[\"192.0.2.128/25\",\"2001:db8:8000::/33\"]";
    Draft bound = root().with("sources", both);
    for (String in :
        List.of(
            "192.0.2.128",
            "192.0.2.255",
            "::ffff:192.0.2.200",
            "::FFFF:C000:2C8",
            "2001:db8:8000::1",
            "2001:DB8:FFFF:0:0:0:0:1",
            "2001:db8:8000::192.0.2.1")) {
      cases.add(good("Source", "from " + in, bound).from(in));
    }
    for (String out :
        List.of(
            "192.0.2.127",
            "192.0.3.128",
            "192.0.2.0200",
            "3221226184",
            "192.0.2.200 ",
            "::192.0.2.200",
            "2001:db8:7fff::1",
            "2001:db8:8000::1%eth0",
            "[2001:db8:8000::1]",
            "2001:db8:8000:::1",
            "2001:db8:8000::0:0:0:0:0:1",
            "localhost",
            "")) {
      cases.add(
          good("Source", "from " + out, bound)
              .from(out)
              .refused(ErrorCode.CAPABILITY_SOURCE_MISMATCH));
    }
    cases.add(
        good("Source", "from an unknown place", bound)
            .refused(ErrorCode.CAPABILITY_SOURCE_MISMATCH));
    cases.add(
        good("Source", "from one address", root().with("sources", "[\"198.51.100.7/32\"]"))
            .from("198.51.100.7"));
    cases.add(
        good("Source", "from anywhere in IPv4", root().with("sources", "[\"0.0.0.0/0\"]"))
            .from("203.0.113.9"));
    cases.add(
        good("Source", "IPv4 does not lie in all of IPv6", root().with("sources", "[\"::/0\"]"))
            .from("::ffff:203.0.113.9")
            .refused(ErrorCode.CAPABILITY_SOURCE_MISMATCH));
    for (String text :
        List.of(
            "192.0.2.1/24",
            "192.0.2.0/33",
            "192.0.2.0/024",
            "192.0.2.0",
            "192.00.2.0/24",
            "2001:DB8::/32",
            "2001:0db8::/32",
            "2001:db8:0:0:0:0:0:0/32",
            "1:0:0:0:2::/128",
            "::ffff:192.0.2.0/120",
            "::ffff:c000:200/120",
            "::/129",
            "::1.2.3.4/128",
            "/24",
            "192.0.2.0/",
            "192.0.2.0/-1")) {
      cases.add(
          good("Source", "a network " + text, root().with("sources", "[" + quoted(text) + "]"))
              .refused(ErrorCode.CAPABILITY_INVALID));
    }
    for (String text :
        List.of("::/0", "::1/128", "1:0:0:2::/64", "1:2:3:4:5:6:7:8/128", "1:0:2:3:4:5:6:7/128")) {
      cases.add(
          good(
                  "Source",
                  "a network " + text,
                  root().with("sources", "[\"192.0.2.0/24\"," + quoted(text) + "]"))
              .from("192.0.2.1"));
    }
  }

  private void keys() {
    String first = root().signed();
    Draft rotated = bobs(first).with("issuer_key", quoted(multikey(ALICES_NEXT))).by(ALICES_NEXT);
    cases.add(
        Case.good("IssuerKey", "Alice's present key", chain(first, rotated.signed()), did(BOB)));
    cases.add(
        signature(
            "the first key under the name of the present one",
            chain(first, rotated.by(ALICE).signed())));
    cases.add(
        signature(
            "the present key that the link does not name",
            chain(first, bobs(first).by(ALICES_NEXT).signed())));
    cases.add(
        signature(
            "a key that is not Alice's",
            chain(
                first,
                bobs(first).with("issuer_key", quoted(multikey(MALLORY))).by(MALLORY).signed())));
    String carols =
        child(first, CAROL, BOB, 2)
            .with("issuer_key", quoted(multikey(ALICES_NEXT)))
            .by(ALICES_NEXT)
            .signed();
    cases.add(signature("Alice's present key for Carol", chain(first, carols)));
    Draft authority = root().with("issuer_key", quoted(multikey(MALLORY))).by(MALLORY);
    cases.add(
        good("IssuerKey", "a stranger's key for the authority", authority)
            .refused(ErrorCode.CAPABILITY_SIGNATURE_INVALID));
  }

  private static Case signature(String comment, String text) {
    return Case.bad("IssuerKey", comment, text, did(BOB), ErrorCode.CAPABILITY_SIGNATURE_INVALID);
  }

  private void signatures() {
    Draft plain = root();
    byte[] good = AUTHORITY.sign(Bytes.utf8(plain.terms())).toArray();
    forged("zeros", new byte[64]);
    forged("S beyond the order", sum(good, ORDER));
    forged("S beyond the order, twice", sum(good, ORDER.shiftLeft(1)));
    for (int bit : new int[] {0, 7, 255, 256, 263, 508, 511}) {
      byte[] flipped = good.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      forged("bit " + bit + " flipped", flipped);
    }
    byte[] neutral = new byte[64];
    neutral[0] = 1;
    forged("R is the neutral point, S is 0", neutral);
    forged("another one's signature", MALLORY.sign(Bytes.utf8(plain.terms())).toArray());
    forged(
        "a signature over the hash",
        AUTHORITY.sign(io.talos.contracts.crypto.Sha256.of(Bytes.utf8(plain.terms()))).toArray());
    forged(
        "a signature over the array", AUTHORITY.sign(Bytes.utf8(chain(plain.terms()))).toArray());
    forged(
        "a signature of another link",
        AUTHORITY.sign(Bytes.utf8(plain.with("calls", "1").terms())).toArray());
    forged(
        "a signature with an empty member",
        AUTHORITY.sign(Bytes.utf8(plain.with("signature", "\"\"").terms())).toArray());
  }

  private void forged(String comment, byte[] signature) {
    String text = chain(root().signed(Bytes.of(signature)));
    cases.add(
        Case.bad("Signature", comment, text, did(ALICE), ErrorCode.CAPABILITY_SIGNATURE_INVALID));
  }

  private static byte[] sum(byte[] signature, BigInteger more) {
    byte[] bigEndian = new byte[32];
    for (int i = 0; i < 32; i++) {
      bigEndian[i] = signature[63 - i];
    }
    byte[] sum = new BigInteger(1, bigEndian).add(more).toByteArray();
    byte[] changed = signature.clone();
    for (int i = 0; i < 32; i++) {
      changed[32 + i] = i < sum.length ? sum[sum.length - 1 - i] : 0;
    }
    return changed;
  }

  private void order() {
    Draft all =
        root()
            .with("audience", OTHERS)
            .with("issuer", quoted(did(MALLORY)))
            .with("expires_at", EARLIER);
    order("audience before issuer", all, ErrorCode.CAPABILITY_AUDIENCE_MISMATCH);
    order(
        "issuer before time",
        all.with("audience", quoted(Forge.AUDIENCE)),
        ErrorCode.CAPABILITY_ISSUER_UNTRUSTED);
    Draft mine =
        root()
            .with("subject", quoted(did(CAROL)))
            .with("scope", "[\"tool:mail\"]")
            .with("sources", "[\"192.0.2.0/24\"]")
            .by(MALLORY);
    order("time before subject", mine.with("expires_at", EARLIER), ErrorCode.CAPABILITY_EXPIRED);
    order("subject before scope", mine, ErrorCode.CAPABILITY_SUBJECT_MISMATCH);
    Draft alices = mine.with("subject", quoted(did(ALICE)));
    order("scope before source", alices, ErrorCode.CAPABILITY_SCOPE_MISMATCH);
    Draft notes = alices.with("scope", "[\"tool:notes\"]");
    order("source before signature", notes, ErrorCode.CAPABILITY_SOURCE_MISMATCH);
    order("signature at last", notes.without("sources"), ErrorCode.CAPABILITY_SIGNATURE_INVALID);
    chains();
  }

  private void order(String comment, Draft draft, ErrorCode code) {
    cases.add(good("Order", comment, draft).refused(code));
  }

  private void chains() {
    String early = root().with("not_before", "\"2026-11-20T00:00:00.000Z\"").signed();
    order(
        "times link by link",
        early,
        bobs(early).with("expires_at", EARLIER),
        ErrorCode.CAPABILITY_NOT_YET_VALID);
    String first = root().signed();
    Draft wider = bobs(first).with("scope", "[\"tool:notes\",\"tool:mail\"]");
    order(
        "a link's signature before its width",
        first,
        wider.by(MALLORY),
        ErrorCode.CAPABILITY_SIGNATURE_INVALID);
    order("a link's width", first, wider, ErrorCode.CAPABILITY_DELEGATION_INVALID);
    String second = wider.signed();
    Draft third = child(second, BOB, CAROL, 1).by(MALLORY);
    String text = chain(first, second, third.signed());
    cases.add(
        Case.bad(
            "Order",
            "a link's width before the next signature",
            text,
            did(CAROL),
            ErrorCode.CAPABILITY_DELEGATION_INVALID));
    String forged = root().by(MALLORY).signed();
    order(
        "the root's signature first", forged, bobs(first), ErrorCode.CAPABILITY_SIGNATURE_INVALID);
  }

  private void order(String comment, String first, Draft second, ErrorCode code) {
    cases.add(Case.bad("Order", comment, chain(first, second.signed()), did(BOB), code));
  }
}
