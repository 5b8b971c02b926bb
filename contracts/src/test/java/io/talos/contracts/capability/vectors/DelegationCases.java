package io.talos.contracts.capability.vectors;

import static io.talos.contracts.capability.vectors.Forge.ALICE;
import static io.talos.contracts.capability.vectors.Forge.BOB;
import static io.talos.contracts.capability.vectors.Forge.CAROL;
import static io.talos.contracts.capability.vectors.Forge.bobs;
import static io.talos.contracts.capability.vectors.Forge.chain;
import static io.talos.contracts.capability.vectors.Forge.child;
import static io.talos.contracts.capability.vectors.Forge.did;
import static io.talos.contracts.capability.vectors.Forge.quoted;
import static io.talos.contracts.capability.vectors.Forge.root;

import io.talos.contracts.capability.vectors.Forge.Draft;
import io.talos.contracts.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/** What one link may do to the one before. */
final class DelegationCases {
  private static final String FLAG = "Delegation";
  private final List<Case> cases = new ArrayList<>();

  private DelegationCases() {}

  static List<Case> all() {
    DelegationCases made = new DelegationCases();
    made.members();
    made.scopes();
    made.chains();
    made.constraints();
    return made.cases;
  }

  /** A member of Alice's link and one of Bob's; an empty text leaves it out. */
  private void pair(String member, String before, String after, boolean good) {
    Draft first = before.isEmpty() ? root() : root().with(member, before);
    Draft second = bobs(first.signed());
    Draft changed = after.isEmpty() ? second : second.with(member, after);
    String comment =
        member
            + ": "
            + (before.isEmpty() ? "none" : before)
            + " then "
            + (after.isEmpty() ? "none" : after);
    String text = chain(first.signed(), changed.signed());
    Case made = Case.good(FLAG, comment, text, did(BOB)).from("192.0.2.9");
    cases.add(good ? made : made.refused(ErrorCode.CAPABILITY_DELEGATION_INVALID));
  }

  private void members() {
    for (String limit : List.of("calls", "spend_micro_usd")) {
      pair(limit, "5", "5", true);
      pair(limit, "5", "4", true);
      pair(limit, "", "5", true);
      pair(limit, "5", "6", false);
      pair(limit, "5", "", false);
    }
    String net = "[\"192.0.2.0/24\"]";
    pair("sources", net, net, true);
    pair("sources", net, "[\"192.0.2.8/30\",\"192.0.2.9/32\"]", true);
    pair("sources", "", net, true);
    pair("sources", "[\"192.0.2.0/24\",\"::/0\"]", "[\"2001:db8::/32\",\"192.0.2.0/25\"]", true);
    pair("sources", net, "", false);
    pair("sources", net, "[\"192.0.2.0/23\"]", false);
    pair("sources", net, "[\"192.0.2.0/24\",\"198.51.100.0/24\"]", false);
    pair("sources", "[\"192.0.2.0/25\",\"192.0.2.128/25\"]", net, false);
    pair("not_before", "\"2026-11-05T00:00:00.000Z\"", "\"2026-11-05T00:00:00.000Z\"", true);
    pair("not_before", "\"2026-11-05T00:00:00.000Z\"", "\"2026-11-04T23:59:59.999Z\"", false);
    pair("not_before", "\"2026-11-05T00:00:00.000Z\"", "", false);
    pair("not_before", "", "\"2026-11-05T00:00:00.000Z\"", true);
    pair("delegation_depth", "1", "0", true);
    pair("delegation_depth", "1", "1", false);
    pair("delegation_depth", "0", "0", false);
    pair("expires_at", quoted(Forge.ENDS), "\"2026-12-01T00:00:00.001Z\"", false);
    pair("expires_at", quoted(Forge.ENDS), "\"2026-11-30T00:00:00.000Z\"", true);
    pair("issued_at", quoted(Forge.ISSUED), "\"2026-10-01T00:00:00.000Z\"", true);
  }

  private void scopes() {
    scope("tool:notes", "tool:notes/method:read", true);
    scope("tool:notes", "tool:notes/resource:a/b", true);
    scope("tool:notes/method:read", "tool:notes", false);
    scope("tool:notes/method:read", "tool:notes/method:write", false);
    scope("tool:notes", "tool:notes2", false);
    scope("tool:notes/resource:**", "tool:notes/resource:a/*/**", true);
    scope("tool:notes/resource:a/**", "tool:notes/resource:a", false);
    scope("tool:notes/resource:a/*", "tool:notes/resource:a/b", true);
    scope("tool:notes/resource:a/*", "tool:notes/resource:a/*", true);
    scope("tool:notes/resource:a/*", "tool:notes/resource:a/**", false);
    scope("tool:notes/resource:a/b", "tool:notes/resource:a/*", false);
    scope("tool:notes/resource:a", "tool:notes", false);
    scope("tool:notes/resource:a", "tool:notes/method:read", false);
    scope("tool:notes/method:read", "tool:notes/method:read/resource:a", true);
  }

  private void scope(String before, String after, boolean good) {
    Draft first = root().with("scope", "[" + quoted(before) + "]");
    Draft second = bobs(first.signed()).with("scope", "[" + quoted(after) + "]");
    Case made =
        Case.good(
                "Scope",
                before + " then " + after,
                chain(first.signed(), second.signed()),
                did(BOB))
            .needing("any " + after.replaceFirst("tool:([^/]*).*", "$1"));
    cases.add(good ? made : made.refused(ErrorCode.CAPABILITY_DELEGATION_INVALID));
  }

  private void chains() {
    String first = root().signed();
    String second = bobs(first).signed();
    String third = child(second, BOB, CAROL, 1).signed();
    cases.add(Case.good(FLAG, "three links", chain(first, second, third), did(CAROL)));
    bad("a link in the middle is missing", chain(first, third), did(CAROL));
    bad("a link twice", chain(first, second, second), did(BOB));
    bad("links out of order", chain(first, third, second), did(BOB));
    String other = root().with("id", "\"019aa000-0000-7000-8000-0000000000ff\"").signed();
    bad("a link hung on another root", chain(other, second), did(BOB));
    bad(
        "a parent that is the hash without the signature",
        chain(first, bobs(root().terms()).signed()),
        did(BOB));
    bad(
        "a parent that is the hash of the chain",
        chain(first, bobs(chain(first)).signed()),
        did(BOB));
    bad(
        "an issuer who is not the holder",
        chain(first, child(first, CAROL, BOB, 2).signed()),
        did(BOB));
    cases.add(
        Case.bad(
            FLAG,
            "the chain without its last link",
            chain(first),
            did(BOB),
            ErrorCode.CAPABILITY_SUBJECT_MISMATCH));
    cases.add(
        Case.bad(
            FLAG,
            "Alice with what she passed on",
            chain(first, second),
            did(ALICE),
            ErrorCode.CAPABILITY_SUBJECT_MISMATCH));
  }

  private void bad(String comment, String text, String presenter) {
    cases.add(Case.bad(FLAG, comment, text, presenter, ErrorCode.CAPABILITY_DELEGATION_INVALID));
  }

  private void constraints() {
    for (ConstraintTexts.Step step : ConstraintTexts.steps()) {
      Draft first = root().constrained(step.before());
      Draft second = bobs(first.signed()).constrained(step.after());
      String comment = step.before() + " then " + step.after();
      Case made = Case.good("Narrowing", comment, chain(first.signed(), second.signed()), did(BOB));
      cases.add(step.good() ? made : made.refused(ErrorCode.CAPABILITY_DELEGATION_INVALID));
    }
    for (ConstraintTexts.Use use : ConstraintTexts.uses()) {
      Draft draft = root().constrained(use.constraint());
      String comment = use.constraint() + " and " + use.arguments();
      Case made =
          Case.good("Constraint", comment, chain(draft.signed()), did(ALICE))
              .calling(use.arguments());
      cases.add(use.good() ? made : made.refused(ErrorCode.CAPABILITY_CONSTRAINT_VIOLATED));
    }
    for (String bad : MalformedConstraints.all()) {
      String text = chain(root().constrained(bad).signed());
      cases.add(Case.bad("ConstraintForm", bad, text, did(ALICE), ErrorCode.CAPABILITY_INVALID));
    }
  }
}
