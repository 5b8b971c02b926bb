package io.talos.client;

import io.talos.contracts.Bytes;
import io.talos.contracts.channel.Frame;
import io.talos.contracts.channel.Ratchet;
import io.talos.contracts.channel.RatchetState;
import io.talos.contracts.channel.Received;
import io.talos.contracts.channel.UnverifiedFrame;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyHistory;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One side of a private session. Every message has a key of its own; frames may arrive in any
 * order. Thread safe.
 *
 * <p>The state lives in memory only: a side that is lost cannot read on, and a new session is
 * opened. A {@link Conversation} keeps it.
 */
public final class Channel {
  /** How long the server keeps a frame that nobody fetches. */
  public static final Duration FRAME_LIFETIME = Duration.ofMinutes(30);

  private final Calls calls;
  private final Identity identity;
  private final UuidV7 session;
  private volatile KeyHistory peerKeys;
  private final InstantSource clock;
  private final Randomness randomness;
  // A lock, not a monitor: a virtual thread that waits for the server keeps no carrier.
  private final ReentrantLock lock = new ReentrantLock();
  private RatchetState state;
  private long nextSeq;
  private Optional<String> cursor = Optional.empty();

  Channel(
      Calls calls,
      Identity identity,
      UuidV7 session,
      KeyHistory peer,
      RatchetState state,
      InstantSource clock,
      Randomness randomness) {
    this.calls = calls;
    this.identity = identity;
    this.session = session;
    this.peerKeys = peer;
    this.state = state;
    this.clock = clock;
    this.randomness = randomness;
  }

  /** The session's id, which both sides and the server know it by. */
  public UuidV7 session() {
    return session;
  }

  /** The agent at the other end. */
  public Did peer() {
    return peerKeys.did();
  }

  /**
   * A message that was received.
   *
   * @param frame the genuine frame that carried it
   */
  public record Message(Frame frame, Bytes plaintext) {}

  /** Encrypts a message into a signed frame; {@link #submit} sends it, now or later. */
  public Frame seal(Bytes plaintext) {
    lock.lock();
    try {
      Instant now = clock.instant();
      Ratchet.Sent sent = Ratchet.send(state, plaintext, randomness);
      RatchetState before = state;
      state = sent.next();
      before.retire(state);
      return Frame.sign(
          identity.history().did(),
          identity.signing(),
          session,
          nextSeq++,
          sent.message(),
          now,
          now.plus(FRAME_LIFETIME));
    } finally {
      lock.unlock();
    }
  }

  /** Sends a sealed frame. The server takes each one once. */
  public Reply<JsonObject> submit(Frame frame) {
    return calls.post(framesPath(), submission(frame));
  }

  /** The body that sends {@code frame}. */
  public static JsonObject submission(Frame frame) {
    return Json.createObjectBuilder().add("frame", frame.toJson()).build();
  }

  /** Encrypts and sends. */
  public Reply<JsonObject> send(Bytes plaintext) {
    return submit(seal(plaintext));
  }

  /**
   * Fetches what has arrived since the last call, one page, and decrypts it in the server's order.
   *
   * @throws TalosException when a frame is not the peer's own or does not decrypt; what was fetched
   *     with it can be fetched again
   */
  public Reply<List<Message>> receive() {
    lock.lock();
    try {
      String path =
          framesPath()
              + "?limit="
              + Limits.FRAMES_PAGE
              + cursor.map(c -> "&cursor=" + Calls.segment(c)).orElse("");
      return calls.get(path).map(this::opened);
    } finally {
      lock.unlock();
    }
  }

  private List<Message> opened(JsonObject page) {
    if (page.getJsonArray("frames").size() > Limits.FRAMES_PAGE) {
      throw new TalosException(ErrorCode.UPSTREAM_RESPONSE_TOO_LARGE, "more frames than asked for");
    }
    Instant now = clock.instant();
    RatchetState next = state;
    List<Message> messages = new ArrayList<>();
    for (JsonValue item : page.getJsonArray("frames")) {
      PeerFrames.Genuine genuine =
          new PeerFrames(calls)
              .check(
                  UnverifiedFrame.fromJson(item.asJsonObject().getJsonObject("frame")),
                  session,
                  peerKeys,
                  now);
      peerKeys = genuine.keys();
      Frame frame = genuine.frame();
      Received.Opened opened = Ratchet.receive(next, frame.message()).orThrow();
      next = opened.next();
      messages.add(new Message(frame, opened.plaintext()));
    }
    // Only now: a page that fails halfway leaves everything as it was.
    RatchetState before = state;
    state = next;
    before.retire(next);
    if (page.containsKey("next_cursor")) {
      cursor = Optional.of(page.getString("next_cursor"));
    }
    return List.copyOf(messages);
  }

  private String framesPath() {
    return "/a2a/sessions/" + session + "/frames";
  }
}
