package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.client.McpSession;
import io.talos.client.Refusal;
import io.talos.client.Reply;
import io.talos.client.RevocationReason;
import io.talos.contracts.Bytes;
import io.talos.contracts.capability.Attenuation;
import io.talos.contracts.capability.RevocationId;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.registry.Threat;
import io.talos.contracts.time.WireTime;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What was revoked is over, at once and for everybody who has it from there. */
@OnTheStack
@Threat("T-CAPABILITYABUSE-01")
class RevocationIT {
  private static final int CALLERS = 8;
  private static final int ADMITTED_BEFORE = 24;
  private static final int CALLS_MAX = 500;

  private final Stack stack;
  private final Notes notes;
  private final Trail trail;

  RevocationIT(Stack stack) {
    this.stack = stack;
    this.notes = stack.notes();
    this.trail = new Trail(stack);
  }

  /** A call that got through, or was refused, and when it began by the clock of this JVM. */
  private record Call(long begun, Reply<?> reply) {
    boolean admitted() {
      return reply instanceof Reply.Granted;
    }
  }

  private static List<Call> hammer(McpSession session, AtomicBoolean stop, AtomicInteger admitted) {
    List<Call> calls = new ArrayList<>();
    while (!stop.get() && calls.size() < CALLS_MAX) {
      Call call = new Call(System.nanoTime(), session.callTool(Notes.READ, Notes.id("nothing")));
      calls.add(call);
      if (call.admitted()) {
        admitted.incrementAndGet();
      }
    }
    return calls;
  }

  private UnverifiedCapability alices(Identity alice) {
    return notes.grant(alice, 2);
  }

  @Test
  void no_call_is_admitted_after_the_revocation_returned()
      throws InterruptedException, ExecutionException {
    Identity alice = Agents.registered(stack);
    UnverifiedCapability alices = alices(alice);
    List<Identity> agents = new ArrayList<>();
    List<McpSession> sessions = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      Identity agent = Agents.registered(stack);
      agents.add(agent);
      sessions.add(notes.session(agent, notes.passedOn(alices, alice, agent, Notes.READ)));
    }
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger admitted = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    List<Future<List<Call>>> hammering = new ArrayList<>();
    sessions.forEach(s -> hammering.add(threads.submit(() -> hammer(s, stop, admitted))));
    Patiently.until("the calls are on their way", () -> admitted.get() >= ADMITTED_BEFORE);

    Replies.granted(stack.operator().revoke(alices.root().hash(), RevocationReason.COMPROMISED));
    long returned = System.nanoTime();
    Instant wall = Notes.now();
    for (McpSession session : sessions) {
      Replies.refused(
          session.callTool(Notes.READ, Notes.id("nothing")), ErrorCode.CAPABILITY_REVOKED);
    }
    long reachedAfter = notes.reached().requests();
    stop.set(true);
    threads.shutdown();

    for (Future<List<Call>> each : hammering) {
      for (Call call : each.get()) {
        if (call.begun() - returned > 0) {
          Replies.refused(call.reply(), ErrorCode.CAPABILITY_REVOKED);
        } else if (call.admitted()) {
          assertThat(admittedAt(Replies.admission(call.reply()))).isBeforeOrEqualTo(wall);
        }
      }
    }
    assertThat(notes.reached().requests()).isEqualTo(reachedAfter);
    assertThat(
            stack.count(
                "select count(*) from audit.event a where a.kind = 'request.admitted'"
                    + " and a.surface_id = 'gateway.mcp.send' and a.principal_id in ('"
                    + String.join("','", agents.stream().map(Identity::did).toList())
                    + "') and a.ts > '"
                    + wall
                    + "'"))
        .isZero();
  }

  private Instant admittedAt(UuidV7 admission) {
    return WireTime.parse(trail.events("event_id = '" + admission + "'").get(0).getString("ts"));
  }

  @Test
  void what_hangs_on_a_revoked_link_falls_with_it_and_nothing_else_does() {
    Identity alice = Agents.registered(stack);
    Identity bob = Agents.registered(stack);
    Identity carol = Agents.registered(stack);
    UnverifiedCapability alices = alices(alice);
    UnverifiedCapability bobs =
        Attenuation.of(alices, Did.parse(bob.did()))
            .signedBy(alice.signing(), Notes.freshId(), Notes.now());
    UnverifiedCapability carols = notes.passedOn(bobs, bob, carol, Notes.READ);
    McpSession alicesSession = notes.session(alice, alices);
    McpSession carolsSession = notes.session(carol, carols);
    Replies.granted(carolsSession.callTool(Notes.READ, Notes.id("nothing")));

    Reply<JsonObject> revoked =
        stack.operator().revoke(bobs.leaf().hash(), RevocationReason.MISUSED);

    Refusal refusal =
        Replies.refused(
            carolsSession.callTool(Notes.READ, Notes.id("nothing")), ErrorCode.CAPABILITY_REVOKED);
    trail.stopped(Replies.request(refusal), ErrorCode.CAPABILITY_REVOKED, carol.did());
    Replies.refused(
        stack.client().agent(bob).mcp(notes.server(), bobs), ErrorCode.CAPABILITY_REVOKED);
    Replies.granted(alicesSession.callTool(Notes.READ, Notes.id("nothing")));
    JsonObject told =
        trail.one(
            Replies.granted(revoked).receipt().requestId().orElseThrow(), "capability.revoked");
    assertThat(told.toString()).contains(bobs.leaf().hash().hex());
  }

  @Test
  void revoking_again_is_no_error_and_no_second_revocation() {
    Identity alice = Agents.registered(stack);
    Bytes link = alices(alice).root().hash();

    Replies.granted(stack.operator().revoke(link, RevocationReason.OTHER));
    Replies.granted(stack.operator().revoke(link, RevocationReason.OTHER));

    assertThat(rows(link)).isEqualTo(1);
    assertThat(
            stack.count(
                "select count(*) from audit.event where kind = 'capability.revoked'"
                    + " and event like '%"
                    + link.hex()
                    + "%'"))
        .isEqualTo(1);
  }

  private long rows(Bytes link) {
    return stack.count(
        "select count(*) from policy.revocation where id = decode('" + link.hex() + "', 'hex')");
  }

  @Test
  void an_operator_may_revoke_a_link_that_the_server_never_saw() {
    Bytes unknown = Randomness.secure().bytes(32);

    Replies.granted(stack.operator().revoke(unknown, RevocationReason.COMPROMISED));

    assertThat(rows(unknown)).isEqualTo(1);
  }

  @Test
  void a_link_that_is_no_hash_is_refused() {
    Http.Answer answer =
        stack
            .http()
            .send(
                stack
                    .http()
                    .request("POST", "/policy/revocations")
                    .bearer(stack.operatorToken())
                    .json(
                        Json.createObjectBuilder()
                            .add("link", "00ff")
                            .add("reason", "other")
                            .build()
                            .toString()));

    assertThat(answer.code()).isEqualTo("SCHEMA_VALIDATION_ERROR");
  }

  @Test
  void an_agent_revokes_what_it_issued_and_nothing_else() {
    Identity alice = Agents.registered(stack);
    Identity bob = Agents.registered(stack);
    Identity mallory = Agents.registered(stack);
    UnverifiedCapability alices = alices(alice);
    UnverifiedCapability bobs = notes.passedOn(alices, alice, bob, Notes.READ);
    McpSession session = notes.session(bob, bobs);

    var misused = RevocationReason.MISUSED;
    Refusal byMallory =
        Replies.refused(
            stack.client().agent(mallory).revoke(bobs, bobs.leaf().hash(), misused),
            ErrorCode.TALOS_DENIED);
    Replies.refused(
        stack.client().agent(bob).revoke(bobs, bobs.leaf().hash(), misused),
        ErrorCode.TALOS_DENIED);
    Replies.refused(
        stack.client().agent(alice).revoke(bobs, alices.root().hash(), misused),
        ErrorCode.TALOS_DENIED);
    trail.failed(Replies.request(byMallory), ErrorCode.TALOS_DENIED, mallory.did());
    Replies.granted(session.callTool(Notes.READ, Notes.id("nothing")));
    assertThat(rows(bobs.leaf().hash()) + rows(alices.root().hash())).isZero();

    Replies.granted(stack.client().agent(alice).revoke(bobs, bobs.leaf().hash(), misused));
    Replies.refused(
        session.callTool(Notes.READ, Notes.id("nothing")), ErrorCode.CAPABILITY_REVOKED);
    Replies.granted(notes.session(alice, alices).callTool(Notes.READ, Notes.id("nothing")));
  }

  @Test
  void what_an_agent_signed_ends_with_the_agent() {
    Identity alice = Agents.registered(stack);
    Identity bob = Agents.registered(stack);
    McpSession session = notes.session(bob, notes.passedOn(alices(alice), alice, bob, Notes.READ));
    Replies.granted(session.callTool(Notes.READ, Notes.id("nothing")));

    Http http = stack.http();
    assertThat(
            http.send(
                    http.request("DELETE", "/identity/agents/" + alice.did())
                        .bearer(stack.operatorToken()))
                .status())
        .isEqualTo(204);

    Replies.refused(
        session.callTool(Notes.READ, Notes.id("nothing")), ErrorCode.CAPABILITY_REVOKED);
    assertThat(rows(RevocationId.ofKey(alice.signing().publicKey()))).isEqualTo(1);
  }
}
