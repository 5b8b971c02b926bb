package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import io.talos.client.AgentClient;
import io.talos.client.Identity;
import io.talos.client.McpSession;
import io.talos.client.Refusal;
import io.talos.client.Reply;
import io.talos.contracts.Bytes;
import io.talos.contracts.capability.ArgumentPointer;
import io.talos.contracts.capability.Attenuation;
import io.talos.contracts.capability.Constraint;
import io.talos.contracts.capability.Link;
import io.talos.contracts.capability.RootGrant;
import io.talos.contracts.capability.Scalar;
import io.talos.contracts.capability.Scope;
import io.talos.contracts.capability.Terms;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.registry.Threat;
import io.talos.contracts.time.WireTime;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mallory has a capability and wants more than it says. */
@OnTheStack
@Threat("T-CAPABILITYABUSE-01")
class DelegationIT {
  private static final int CALLERS = 20;
  private static final long CALLS = 7;

  private final Stack stack;
  private final Http http;
  private final Notes notes;
  private final Trail trail;

  DelegationIT(Stack stack) {
    this.stack = stack;
    this.http = stack.http();
    this.notes = stack.notes();
    this.trail = new Trail(stack);
  }

  /**
   * Alice passed a narrow link on to Mallory, who may pass it on once more.
   *
   * @param alices all of the server, two links may follow
   * @param mallorys reading only, 3 calls, ten minutes, under a constraint
   */
  record Cast(
      Notes notes,
      Identity alice,
      Identity mallory,
      UnverifiedCapability alices,
      UnverifiedCapability mallorys) {

    /** A link that Mallory makes for herself under what she was given, changed as she likes. */
    UnverifiedCapability ownLink(UnaryOperator<Draft> change) {
      Terms given = mallorys.leaf().terms();
      Draft draft =
          change.apply(Draft.of(given).under(mallorys.leaf()).by(mallory.did()).to(mallory.did()));
      return extended(mallorys.links(), draft.signed(mallory.signing()));
    }

    /** Mallory's own link, rewritten; the signature as {@code signature} makes it. */
    UnverifiedCapability rewritten(UnaryOperator<Draft> change, Function<Terms, Bytes> signature) {
      Terms terms = change.apply(Draft.of(mallorys.leaf().terms())).terms();
      return new UnverifiedCapability(
          List.of(mallorys.root(), new Link(terms, signature.apply(terms))));
    }

    Bytes kept(Terms terms) {
      return mallorys.leaf().signature();
    }

    Bytes mallorysOwn(Terms terms) {
      return mallory.signing().sign(CanonicalJson.encode(terms.json()));
    }
  }

  private static UnverifiedCapability extended(List<Link> links, Link more) {
    return new UnverifiedCapability(Stream.concat(links.stream(), Stream.of(more)).toList());
  }

  private Cast cast() {
    Identity alice = Agents.registered(stack);
    Identity mallory = Agents.registered(stack);
    UnverifiedCapability alices = notes.grant(alice, 2);
    UnverifiedCapability mallorys =
        Attenuation.of(alices, Did.parse(mallory.did()))
            .withScope(List.of(notes.tool(Notes.READ)))
            .expiringAt(Notes.now().plus(Duration.ofMinutes(10)))
            .withCalls(3)
            .withDelegationDepth(1)
            .withConstraint(onlyNote("mallorys-own"))
            .signedBy(alice.signing(), Notes.freshId(), Notes.now());
    return new Cast(notes, alice, mallory, alices, mallorys);
  }

  private static Constraint onlyNote(String note) {
    return new Constraint.OneOf(
        new ArgumentPointer("/id"), List.of(new Scalar(Json.createValue(note))));
  }

  /** What Mallory presents, the tool that she calls with it, and what she gets. */
  record Attack(
      String what, String tool, Function<Cast, UnverifiedCapability> made, ErrorCode code) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Attack> attacks() {
    ErrorCode wider = ErrorCode.CAPABILITY_DELEGATION_INVALID;
    ErrorCode forged = ErrorCode.CAPABILITY_SIGNATURE_INVALID;
    return Stream.of(
        new Attack(
            "another tool than she was given",
            Notes.WRITE,
            Cast::mallorys,
            ErrorCode.CAPABILITY_SCOPE_MISMATCH),
        new Attack(
            "another note than she was given",
            Notes.READ,
            Cast::mallorys,
            ErrorCode.CAPABILITY_CONSTRAINT_VIOLATED),
        new Attack(
            "her own link for all tools",
            Notes.WRITE,
            c -> c.ownLink(d -> d.scope(c.notes().whole())),
            wider),
        new Attack(
            "her own link that lives longer",
            Notes.READ,
            c -> c.ownLink(d -> d.until(c.alices().leaf().terms().expiresAt())),
            wider),
        new Attack(
            "her own link for more calls",
            Notes.READ,
            c -> c.ownLink(d -> d.calls(OptionalLong.of(4))),
            wider),
        new Attack(
            "her own link without a call limit",
            Notes.READ,
            c -> c.ownLink(d -> d.calls(OptionalLong.empty())),
            wider),
        new Attack(
            "her own link that goes deeper", Notes.READ, c -> c.ownLink(d -> d.depth(1)), wider),
        new Attack(
            "her own link without the constraint",
            Notes.READ,
            c -> c.ownLink(d -> d.constraints(List.of())),
            wider),
        new Attack(
            "her own link with a wider constraint",
            Notes.READ,
            c -> c.ownLink(d -> d.constraints(List.of(onlyNote("another")))),
            wider),
        new Attack(
            "Alice's link made wider under Alice's signature",
            Notes.WRITE,
            c -> c.rewritten(d -> d.scope(c.notes().whole()), c::kept),
            forged),
        new Attack(
            "Alice's link made wider and signed by Mallory",
            Notes.WRITE,
            c -> c.rewritten(d -> d.scope(c.notes().whole()), c::mallorysOwn),
            forged),
        new Attack(
            "a link by Mallory in Alice's place",
            Notes.WRITE,
            c -> c.rewritten(d -> d.scope(c.notes().whole()).by(c.mallory().did()), c::mallorysOwn),
            wider),
        new Attack(
            "Alice's capability itself",
            Notes.WRITE,
            Cast::alices,
            ErrorCode.CAPABILITY_SUBJECT_MISMATCH),
        new Attack(
            "Alice's root made out to Mallory",
            Notes.WRITE,
            c ->
                new UnverifiedCapability(
                    List.of(
                        new Link(
                            Draft.of(c.alices().root().terms()).to(c.mallory().did()).terms(),
                            c.alices().root().signature()))),
            forged),
        new Attack(
            "a chain with the middle left out",
            Notes.READ,
            c -> new UnverifiedCapability(List.of(c.alices().root(), c.ownLink(d -> d).leaf())),
            wider),
        new Attack(
            "a root that Mallory signed",
            Notes.WRITE,
            c ->
                RootGrant.of(
                        Did.parse(c.mallory().did()),
                        c.alices().root().terms().audience().orElseThrow(),
                        List.of(c.notes().whole()),
                        Notes.now().plusSeconds(600))
                    .signedBy(c.mallory().signing(), Notes.freshId(), Notes.now()),
            ErrorCode.CAPABILITY_ISSUER_UNTRUSTED),
        new Attack(
            "a chain for another server",
            Notes.READ,
            c ->
                new UnverifiedCapability(
                    List.of(
                        new Link(
                            Draft.of(c.alices().root().terms())
                                .audience("https://elsewhere.example")
                                .terms(),
                            c.alices().root().signature()),
                        c.mallorys().leaf())),
            ErrorCode.CAPABILITY_AUDIENCE_MISMATCH));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void mallory_gets_nowhere_with(Attack attack) {
    Cast cast = cast();
    Notes.Reached before = notes.reached();

    Reply<?> reply =
        stack
            .client()
            .send(
                notes.call(
                    cast.mallory(),
                    attack.made().apply(cast),
                    attack.tool(),
                    Notes.note("anybodys", "Mallory was here")));

    Refusal refusal = Replies.refused(reply, attack.code());
    trail.stopped(Replies.request(refusal), attack.code(), cast.mallory().did());
    assertThat(notes.reached()).isEqualTo(before);
  }

  @Test
  void what_is_no_chain_or_none_at_all_is_refused() {
    Cast cast = cast();
    String leafAlone =
        Base64Url.encode(Bytes.utf8("[" + cast.mallorys().leaf().text().utf8() + "]"));
    String body = Notes.rpc("tools/call", Notes.params(Notes.READ, Notes.id("x"))).toString();
    Notes.Reached before = notes.reached();

    for (String header : List.of(leafAlone, "%%%", "e30", cast.mallorys().header() + "AA")) {
      Http.Answer answer =
          http.send(
              http.request("POST", notes.path())
                  .json(body)
                  .signed(stack.baseUri(), cast.mallory().signing(), Optional.of(header)));
      assertThat(answer.status()).as(answer.text()).isEqualTo(403);
      assertThat(answer.code()).isEqualTo("CAPABILITY_INVALID");
    }
    Http.Answer none =
        http.send(
            http.request("POST", notes.path())
                .json(body)
                .signed(stack.baseUri(), cast.mallory().signing(), Optional.empty()));
    assertThat(none.code()).isEqualTo("CAPABILITY_MISSING");
    assertThat(notes.reached()).isEqualTo(before);
  }

  @Test
  void a_capability_that_the_signature_does_not_cover_counts_for_nothing() {
    Cast cast = cast();
    Http.Answer answer =
        http.send(
            http.request("POST", notes.path())
                .json(Notes.rpc("ping", JsonObject.EMPTY_JSON_OBJECT).toString())
                .signed(stack.baseUri(), cast.mallory().signing(), Optional.empty())
                .header("Talos-Capability", cast.mallorys().header()));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo("AUTH_INVALID");
  }

  @Test
  void only_an_operator_grants() {
    Identity mallory = Agents.registered(stack);
    String wish =
        Json.createObjectBuilder()
            .add("subject", mallory.did())
            .add("scope", Json.createArrayBuilder().add(notes.whole().text()))
            .add("expires_at", WireTime.format(Notes.now().plusSeconds(600)))
            .build()
            .toString();
    JWTClaimsSet guest =
        stack.launcher().issuer().claims("guest", Set.of("guests"), Duration.ofHours(1)).build();

    Http.Answer signed =
        http.send(
            http.request("POST", "/policy/capabilities")
                .json(wish)
                .signed(stack.baseUri(), mallory.signing(), Optional.empty()));
    Http.Answer bearer =
        http.send(
            http.request("POST", "/policy/capabilities")
                .json(wish)
                .bearer(stack.launcher().issuer().sign(guest)));

    assertThat(signed.code()).isEqualTo("AUTH_METHOD_NOT_ALLOWED");
    assertThat(bearer.code()).isEqualTo("RBAC_DENIED");
    trail.stopped(Replies.request(signed), ErrorCode.AUTH_METHOD_NOT_ALLOWED, mallory.did());
    assertThat(
            stack.count(
                "select count(*) from policy.capability where subject = '" + mallory.did() + "'"))
        .isZero();
  }

  @Test
  void alice_passes_on_offline_what_she_has_and_the_library_gives_no_more() {
    Cast cast = cast();
    Identity bob = Agents.registered(stack);
    Attenuation all = Attenuation.of(cast.alices(), Did.parse(bob.did()));
    UnverifiedCapability bobs = notes.passedOn(cast.alices(), cast.alice(), bob, Notes.READ);

    assertThat(notes.session(bob, bobs).callTool(Notes.READ, Notes.id("nothing-there")))
        .isInstanceOf(Reply.Granted.class);
    assertThatThrownBy(
            () ->
                all.withScope(List.of(Scope.ofTool(notes.server() + "x")))
                    .signedBy(cast.alice().signing(), Notes.freshId(), Notes.now()))
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CAPABILITY_DELEGATION_INVALID));
  }

  @Test
  void a_capability_ends_and_begins_when_it_says() {
    Identity bob = Agents.registered(stack);
    Instant end = Notes.now().plusMillis(1500);
    UnverifiedCapability brief =
        Attenuation.of(notes.grant(bob, 1), Did.parse(bob.did()))
            .expiringAt(end)
            .signedBy(bob.signing(), Notes.freshId(), Notes.now());
    UnverifiedCapability early =
        Attenuation.of(notes.grant(bob, 1), Did.parse(bob.did()))
            .startingAt(Notes.now().plusSeconds(300))
            .signedBy(bob.signing(), Notes.freshId(), Notes.now());

    AgentClient bobs = stack.client().agent(bob);
    Replies.refused(bobs.mcp(notes.server(), early), ErrorCode.CAPABILITY_NOT_YET_VALID);
    Patiently.until("it is over", () -> !Notes.now().isBefore(end));
    Replies.refused(bobs.mcp(notes.server(), brief), ErrorCode.CAPABILITY_EXPIRED);
  }

  @Test
  void after_three_calls_the_fourth_is_refused_and_opening_sessions_costs_nothing() {
    Identity bob = Agents.registered(stack);
    UnverifiedCapability three = notes.grant(bob, 0, 3);
    String note = Notes.freshNote();
    McpSession session = notes.session(bob, three);
    Replies.granted(session.listTools());

    for (int i = 1; i <= 3; i++) {
      Replies.granted(session.callTool(Notes.WRITE, Notes.note(note, "call " + i)));
    }
    Notes.Reached before = notes.reached();
    Refusal fourth =
        Replies.refused(
            session.callTool(Notes.WRITE, Notes.note(note, "call 4")),
            ErrorCode.CAPABILITY_EXHAUSTED);

    trail.stopped(Replies.request(fourth), ErrorCode.CAPABILITY_EXHAUSTED, bob.did());
    assertThat(notes.reached()).isEqualTo(before);
    assertThat(used(three.root())).isEqualTo(3);
  }

  @Test
  void of_twenty_calls_at_once_exactly_as_many_get_through_as_the_limit_says()
      throws InterruptedException, ExecutionException {
    Identity bob = Agents.registered(stack);
    UnverifiedCapability limited = notes.grant(bob, 0, CALLS);
    McpSession session = notes.session(bob, limited);
    long before = notes.reached().calls().getOrDefault(Notes.WRITE, 0L);
    String note = Notes.freshNote();

    List<Reply<McpSession.ToolResult>> replies =
        AtOnce.each(
            Collections.nCopies(CALLERS, session),
            s -> s.callTool(Notes.WRITE, Notes.note(note, "at once")));

    assertThat(replies.stream().filter(Reply.Granted.class::isInstance)).hasSize((int) CALLS);
    replies.stream()
        .filter(Reply.Refused.class::isInstance)
        .forEach(reply -> Replies.refused(reply, ErrorCode.CAPABILITY_EXHAUSTED));
    assertThat(notes.reached().calls().getOrDefault(Notes.WRITE, 0L) - before).isEqualTo(CALLS);
    assertThat(used(limited.root())).isEqualTo(CALLS);
  }

  @Test
  void two_who_hang_on_one_link_share_its_calls() throws InterruptedException, ExecutionException {
    Identity alice = Agents.registered(stack);
    Identity bob = Agents.registered(stack);
    Identity mallory = Agents.registered(stack);
    UnverifiedCapability alices = notes.grant(alice, 1, CALLS);
    List<McpSession> sessions =
        List.of(
            notes.session(bob, notes.passedOn(alices, alice, bob, Notes.WRITE)),
            notes.session(mallory, notes.passedOn(alices, alice, mallory, Notes.WRITE)));
    long before = notes.reached().calls().getOrDefault(Notes.WRITE, 0L);
    String note = Notes.freshNote();

    List<Reply<McpSession.ToolResult>> replies =
        AtOnce.each(
            Stream.generate(() -> sessions).limit(CALLERS / 2).flatMap(List::stream).toList(),
            s -> s.callTool(Notes.WRITE, Notes.note(note, "shared")));

    assertThat(replies.stream().filter(Reply.Granted.class::isInstance)).hasSize((int) CALLS);
    assertThat(notes.reached().calls().getOrDefault(Notes.WRITE, 0L) - before).isEqualTo(CALLS);
    assertThat(used(alices.root())).isEqualTo(CALLS);
  }

  private long used(Link link) {
    return stack.count(
        "select used from policy.allowance where kind = 'calls' and link_hash = decode('"
            + link.hash().hex()
            + "', 'hex')");
  }
}
