package io.talos.client;

import io.talos.contracts.channel.UnverifiedFrame;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Fetches an agent's frames of all sessions, keeps them, and only then acknowledges them. One
 * thread asks the server at a time; others that wait get what it brought.
 */
final class Inbox {
  private static final String PATH = "/a2a/frames";
  private static final Duration AT_ONCE = Duration.ofMillis(100);

  private final Calls calls;
  private final AgentHome home;
  private final Conversations conversations;
  private final PeerFrames peers;
  // Fair, so that a thread whose message came is not kept waiting by one that asks on.
  private final ReentrantLock asking = new ReentrantLock(true);
  private Optional<String> cursor;
  // Turns in a row that brought nothing though they took no time: a server in trouble, or a bad
  // one.
  private int idle;

  Inbox(Calls calls, AgentHome home, Conversations conversations) {
    this.calls = calls;
    this.home = home;
    this.conversations = conversations;
    this.peers = new PeerFrames(calls);
    this.cursor = home.cursor();
  }

  /** What {@code next} has, now or when the server brought something, within {@code patience}. */
  Optional<Message> await(Supplier<Optional<Message>> next, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    Optional<TalosException> fault = Optional.empty();
    for (boolean asked = false; ; asked = true) {
      Optional<Message> message = next.get();
      Duration left = until(end);
      if (message.isPresent() || (asked && left.isZero())) {
        if (message.isEmpty() && fault.isPresent()) {
          throw fault.get();
        }
        return message;
      }
      if (locked(left)) {
        try {
          message = next.get();
          if (message.isPresent()) {
            return message;
          }
          fault = turn(end);
        } finally {
          asking.unlock();
        }
      }
    }
  }

  private boolean locked(Duration most) {
    try {
      return asking.tryLock(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TalosException(ErrorCode.UPSTREAM_UNAVAILABLE, "interrupted", e);
    }
  }

  private static Duration until(long end) {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  /** One question, and a pause when it brought nothing at once; the fault, when it may pass. */
  private Optional<TalosException> turn(long end) {
    long begun = System.nanoTime();
    Duration left = until(end);
    Optional<TalosException> fault = Optional.empty();
    boolean brought = false;
    try {
      brought = ask(left.compareTo(Limits.POLL_MAX) < 0 ? left : Limits.POLL_MAX);
    } catch (TalosException e) {
      if (!Conversations.isPassing(e.code())) {
        throw e;
      }
      fault = Optional.of(e);
    }
    boolean atOnce = System.nanoTime() - begun < AT_ONCE.toNanos();
    idle = brought || (fault.isEmpty() && !atOnce) ? 0 : idle + 1;
    if (idle > 0) {
      conversations.pause(idle, until(end));
    }
    return fault;
  }

  private boolean ask(Duration wait) {
    if (conversations.all().stream().anyMatch(Conversation::isFull)) {
      throw new TalosException(ErrorCode.STATE_FULL, "messages wait to be acknowledged");
    }
    // Whole seconds, rounded up: a server that waits a little longer does no harm.
    long seconds = wait.plusMillis(999).toSeconds();
    String path =
        PATH
            + "?limit="
            + Limits.FRAMES_PAGE
            + "&wait="
            + seconds
            + cursor.map(c -> "&cursor=" + Calls.segment(c)).orElse("");
    return calls
        .getOnce(path)
        .match(granted -> keep(granted.value()), refused -> refused(refused.refusal()));
  }

  private boolean refused(Refusal refusal) {
    if (refusal.is(ErrorCode.TALOS_INVALID_CURSOR) && cursor.isPresent()) {
      // The server lost the key that it signs cursors with. What comes again is known here.
      cursor = Optional.empty();
      return true;
    }
    throw new TalosException(
        refusal.retryable()
            ? ErrorCode.UPSTREAM_UNAVAILABLE
            : refusal.known().orElse(ErrorCode.UPSTREAM_4XX),
        "no frames: " + refusal.code());
  }

  private boolean keep(JsonObject page) {
    if (page.getJsonArray("frames").size() > Limits.FRAMES_PAGE) {
      throw new TalosException(ErrorCode.UPSTREAM_RESPONSE_TOO_LARGE, "more frames than asked for");
    }
    Instant now = conversations.now();
    Map<UuidV7, List<UnverifiedFrame>> bySession = new LinkedHashMap<>();
    for (JsonValue item : page.getJsonArray("frames")) {
      frame(item)
          .ifPresent(f -> bySession.computeIfAbsent(f.sessionId(), s -> new ArrayList<>()).add(f));
    }
    // A session that is not kept here was closed, or is somebody's invention.
    bySession.forEach(
        (session, frames) ->
            conversations.find(session).ifPresent(c -> c.take(frames, peers, now)));
    goOn(Optional.ofNullable(page.getString("next_cursor", null)));
    return !page.getJsonArray("frames").isEmpty();
  }

  /** A frame that has not even the form of one names no session that could be told of it. */
  private static Optional<UnverifiedFrame> frame(JsonValue item) {
    try {
      return Optional.of(UnverifiedFrame.fromJson(item.asJsonObject().getJsonObject("frame")));
    } catch (TalosException | ClassCastException | NullPointerException e) {
      return Optional.empty();
    }
  }

  private void goOn(Optional<String> next) {
    if (next.isEmpty() || next.equals(cursor)) {
      return;
    }
    home.saveCursor(next);
    cursor = next;
    JsonObject reached = Json.createObjectBuilder().add("cursor", next.get()).build();
    try {
      calls.post(PATH + "/ack", reached);
    } catch (TalosException e) {
      if (!Conversations.isPassing(e.code())) {
        throw e;
      }
      // The next acknowledgement covers this one.
    }
  }
}
