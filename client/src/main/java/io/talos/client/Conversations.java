package io.talos.client;

import io.talos.client.http.Backoff;
import io.talos.client.http.Transport;
import io.talos.contracts.channel.KemPrekey;
import io.talos.contracts.channel.Prekeys;
import io.talos.contracts.channel.UnverifiedFrame;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The conversations of the agent that lives in an {@link AgentHome}: open, accept, send, receive,
 * close. What was begun goes on after a restart or a crash. Thread safe; make one for a home.
 */
public final class Conversations {
  private static final String SESSIONS = "/a2a/sessions";
  private static final String PENDING = "pending";

  private final Calls calls;
  private final AgentHome home;
  private final InstantSource clock;
  private final Randomness randomness;
  private final Map<UuidV7, Conversation> open = new ConcurrentHashMap<>();
  private final Inbox inbox;
  // Held while the stock of prekeys is read and changed.
  private final ReentrantLock stocking = new ReentrantLock();

  Conversations(Calls calls, AgentHome home, InstantSource clock, Randomness randomness) {
    this.calls = calls;
    this.home = home;
    this.clock = clock;
    this.randomness = randomness;
    this.inbox = new Inbox(calls, home, this);
    home.conversations().forEach(this::hold);
  }

  private Conversation hold(ConversationState state) {
    Conversation conversation = new Conversation(this, home, state, randomness);
    open.put(state.session(), conversation);
    return conversation;
  }

  /** The conversations that are kept here, in no order. */
  public List<Conversation> all() {
    return List.copyOf(open.values());
  }

  /** The conversation of a session, when it is kept here. */
  public Optional<Conversation> find(UuidV7 session) {
    return Optional.ofNullable(open.get(session));
  }

  /**
   * Opens a session with {@code peer}. Messages may be written at once; they wait here until the
   * peer has accepted.
   *
   * @throws TalosException when the prekeys that the server hands out are not the peer's own;
   *     {@link ErrorCode#STATE_FULL} beyond {@link Limits#CONVERSATIONS_MAX} conversations
   */
  public Reply<Conversation> open(Did peer) {
    requireRoom();
    return sessions().begin(peer).map(begun -> keep(begun));
  }

  private Conversation keep(Sessions.Begun begun) {
    ConversationState state =
        ConversationState.begun(begun.session(), begun.peer(), begun.state(), Optional.empty());
    if (open.containsKey(begun.session())) {
      throw new TalosException(
          ErrorCode.A2A_SESSION_ID_MISMATCH, "the server named a session that exists");
    }
    home.save(state);
    return hold(state);
  }

  /**
   * A session that another agent opened with this one and that waits for an answer.
   *
   * @param initiator who opened it, by the server's word; {@link #accept} proves it
   */
  public record Pending(UuidV7 session, Did initiator) {}

  /** Who waits for an answer, at most {@link Limits#PAGES_MAX} pages. */
  public Reply<List<Pending>> pending() {
    List<Pending> found = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    for (int page = 0; page < Limits.PAGES_MAX; page++) {
      Reply<JsonObject> reply =
          calls.get(
              SESSIONS
                  + "?state="
                  + PENDING
                  + cursor.map(c -> "&cursor=" + Calls.segment(c)).orElse(""));
      if (reply instanceof Reply.Refused<JsonObject> refused) {
        return new Reply.Refused<>(refused.refusal());
      }
      JsonObject body = reply.orThrow();
      for (JsonValue item : body.getJsonArray("sessions")) {
        JsonObject session = item.asJsonObject();
        if (session.getString("responder_id", "").equals(home.identity().did())
            && session.getString("state", "").equals(PENDING)) {
          found.add(
              new Pending(
                  new UuidV7(session.getString("session_id")),
                  Did.parse(session.getString("initiator_id"))));
        }
      }
      cursor = Optional.ofNullable(body.getString("next_cursor", null));
      if (cursor.isEmpty() || body.getJsonArray("sessions").isEmpty()) {
        return new Reply.Granted<>(List.copyOf(found), reply.receipt());
      }
    }
    throw new TalosException(ErrorCode.UPSTREAM_RESPONSE_TOO_LARGE, "too many pages of sessions");
  }

  /**
   * Accepts. Safe to repeat, also after a crash.
   *
   * @throws TalosException when the opening is not that initiator's or its prekeys are gone; {@link
   *     ErrorCode#REPLAY_DETECTED} when a conversation began with the same opening
   */
  public Reply<Conversation> accept(Pending pending) {
    Optional<Conversation> known = find(pending.session());
    if (known.isPresent()) {
      return confirm(known.get());
    }
    requireRoom();
    Reply<Conversation> kept;
    stocking.lock();
    try {
      kept =
          sessions()
              .answer(pending.session(), pending.initiator())
              .map(answer -> keep(pending.session(), answer));
    } finally {
      stocking.unlock();
    }
    return kept.match(
        granted -> confirm(granted.value()), refused -> new Reply.Refused<>(refused.refusal()));
  }

  private Conversation keep(UuidV7 session, Sessions.Answer answer) {
    boolean replayed =
        home.conversations().stream()
            .flatMap(state -> state.answered().stream())
            .anyMatch(answer.opening()::equals);
    if (replayed) {
      throw new TalosException(ErrorCode.REPLAY_DETECTED, "an opening that was answered before");
    }
    ConversationState state =
        ConversationState.begun(
            session, answer.peer(), answer.state(), Optional.of(answer.opening()));
    home.save(state);
    // A crash before this line is mended when the home is opened.
    home.keep(home.identity().with(answer.remaining()));
    return hold(state);
  }

  private Reply<Conversation> confirm(Conversation conversation) {
    Reply<JsonObject> done = sessions().confirm(conversation.session());
    if (done instanceof Reply.Refused<JsonObject> refused
        && refused.refusal().is(ErrorCode.A2A_SESSION_STATE_INVALID)
        && isState(conversation.session(), "active")) {
      // An earlier confirmation arrived although its answer did not.
      return new Reply.Granted<>(conversation, refused.refusal().receipt());
    }
    if (done instanceof Reply.Refused<JsonObject> refused && !refused.refusal().retryable()) {
      forget(conversation);
    }
    return done.map(any -> conversation);
  }

  private void requireRoom() {
    if (open.size() >= Limits.CONVERSATIONS_MAX) {
      throw new TalosException(ErrorCode.STATE_FULL, "there are too many conversations");
    }
  }

  /** The next message of any conversation; otherwise as {@link Conversation#receive}. */
  public Optional<Message> receive(Duration patience) {
    return await(
        () -> {
          for (Conversation conversation : open.values()) {
            Optional<Message> next = conversation.next();
            if (next.isPresent()) {
              return next;
            }
          }
          return Optional.empty();
        },
        patience);
  }

  Optional<Message> await(Supplier<Optional<Message>> next, Duration patience) {
    return inbox.await(next, patience);
  }

  /**
   * Publishes fresh prekeys when few are left at the server, so that others can open sessions. Call
   * it at start and now and then.
   *
   * @return whether there was need
   */
  public Reply<Boolean> keepPrekeys() {
    Reply<JsonObject> stock = calls.get(prekeysPath());
    if (stock instanceof Reply.Granted<JsonObject> granted
        && !granted.value().getBoolean("low_stock", true)
        && !isNewestPrekeyOld()) {
      return granted.map(any -> false);
    }
    if (stock instanceof Reply.Refused<JsonObject> refused
        && !refused.refusal().is(ErrorCode.PREKEY_UNAVAILABLE)) {
      return new Reply.Refused<>(refused.refusal());
    }
    return publishPrekeys().map(any -> true);
  }

  /** Half of its life is over, or the server knows one that is not kept here. */
  private boolean isNewestPrekeyOld() {
    Instant half = now().plus(Identity.SIGNED_PREKEY_LIFETIME.dividedBy(2));
    return home.identity().prekeys().newest().filter(key -> !key.isExpired(half)).isEmpty();
  }

  private Reply<JsonObject> publishPrekeys() {
    Prekeys fresh;
    stocking.lock();
    try {
      Identity before = home.identity();
      Identity room = before.with(withRoom(before.prekeys()));
      Identity after = room.withFreshPrekeys(Limits.PREKEYS_BATCH, randomness, now());
      // Kept before they are published: somebody may use one a moment later.
      home.keep(after);
      fresh = after.prekeys();
      for (String old : room.prekeys().oneTime().keySet()) {
        fresh = fresh.withoutOneTime(old);
      }
      for (String old : oneTimeKemIds(room.prekeys())) {
        fresh = fresh.withoutOneTimeKem(old);
      }
    } finally {
      stocking.unlock();
    }
    return calls.put(prekeysPath(), fresh.publication(now()));
  }

  private static Prekeys withRoom(Prekeys prekeys) {
    Prekeys left = prekeys;
    int tooMany = prekeys.oneTime().size() + Limits.PREKEYS_BATCH - Limits.PREKEYS_KEPT_MAX;
    for (String oldest : prekeys.oneTime().keySet().stream().limit(Math.max(0, tooMany)).toList()) {
      left = left.withoutOneTime(oldest);
    }
    List<String> kem = oneTimeKemIds(prekeys);
    int tooManyKem = kem.size() + Limits.PREKEYS_BATCH - Limits.PREKEYS_KEPT_MAX;
    for (String oldest : kem.stream().limit(Math.max(0, tooManyKem)).toList()) {
      left = left.withoutOneTimeKem(oldest);
    }
    return left;
  }

  private static List<String> oneTimeKemIds(Prekeys prekeys) {
    return prekeys.kem().values().stream()
        .map(Prekeys.Kem::prekey)
        .filter(prekey -> prekey.kind() == KemPrekey.Kind.ONE_TIME)
        .map(KemPrekey::id)
        .toList();
  }

  private String prekeysPath() {
    return "/identity/agents/" + Calls.segment(home.identity().did()) + "/prekeys";
  }

  /** Ends a session at the server, unless it is over already, and forgets it here. */
  Reply<UuidV7> close(Conversation conversation) {
    Reply<JsonObject> closed = sessions().close(conversation.session());
    boolean over =
        closed instanceof Reply.Granted
            || (closed instanceof Reply.Refused<JsonObject> refused
                && (refused.refusal().is(ErrorCode.A2A_SESSION_NOT_FOUND)
                    || isOver(conversation.session())));
    if (!over) {
      return closed.map(any -> conversation.session());
    }
    forget(conversation);
    return new Reply.Granted<>(conversation.session(), closed.receipt());
  }

  private void forget(Conversation conversation) {
    open.remove(conversation.session());
    conversation.forget();
  }

  boolean isOver(UuidV7 session) {
    return isState(session, "closed") || isState(session, "expired");
  }

  private boolean isState(UuidV7 session, String state) {
    return sessions()
        .find(session)
        .match(granted -> granted.value().getString("state", "").equals(state), refused -> false);
  }

  Reply<JsonObject> rotate(UuidV7 session, JsonObject parked) {
    return calls.post(SESSIONS + "/" + session + "/rotate", parked);
  }

  Reply<JsonObject> status(UuidV7 session) {
    return sessions().find(session);
  }

  Reply<JsonObject> submit(UnverifiedFrame frame) {
    return calls.post(
        SESSIONS + "/" + frame.sessionId() + "/frames",
        io.talos.contracts.json.Json.createObjectBuilder().add("frame", frame.toJson()).build());
  }

  Instant now() {
    return clock.instant();
  }

  Backoff backoff() {
    return Backoff.usual(randomness);
  }

  private Sessions sessions() {
    return new Sessions(calls, home.identity(), clock, randomness);
  }

  /** Whether a fault may pass by itself. */
  static boolean isPassing(ErrorCode code) {
    return code == ErrorCode.UPSTREAM_UNAVAILABLE
        || code == ErrorCode.UPSTREAM_TIMEOUT
        || code == ErrorCode.UPSTREAM_5XX;
  }

  /** Waits as {@link Backoff} says, but no longer than {@code most}. */
  void pause(int tried, Duration most) {
    Duration wait = backoff().after(tried);
    Transport.pause(wait.compareTo(most) < 0 ? wait : most);
  }
}
