package io.talos.a2a;

import io.talos.a2a.frames.InboxQuota;
import io.talos.a2a.frames.MemoryFrames;
import io.talos.a2a.ops.A2aSettings;
import io.talos.a2a.sessions.MemorySessions;
import io.talos.a2a.sessions.Session;
import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.channel.Frame;
import io.talos.contracts.channel.RatchetMessage;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.port.AgentDirectory;
import io.talos.contracts.port.MapVault;
import io.talos.runtime.waiting.Readers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/** The module on stores in memory, with Alice, Bob and Mallory registered. */
final class Stage {
  static final int OPEN_SESSIONS_MAX = 8;
  static final int INBOX_FRAMES_MAX = 12;
  static final int READERS_MAX = 100;

  final Ed25519.KeyPair aliceKey = key("alice");
  final Ed25519.KeyPair bobKey = key("bob");
  final Ed25519.KeyPair malloryKey = key("mallory");
  final String alice = did(aliceKey);
  final String bob = did(bobKey);
  final String mallory = did(malloryKey);

  final MemorySessions sessions = new MemorySessions();
  final MemoryFrames frames = new MemoryFrames();
  final List<Object> audit = new ArrayList<>();
  final Map<String, AgentDirectory.Agent> registered = new HashMap<>();
  Instant now = Instant.parse("2026-03-01T12:00:00.000Z");

  private final InstantSource clock = () -> now;
  private final AgentDirectory agents = did -> Optional.ofNullable(registered.get(did));
  static final A2aSettings SETTINGS =
      new A2aSettings(
          Duration.ofDays(1),
          Duration.ofDays(30),
          1 << 20,
          Duration.ofSeconds(2),
          OPEN_SESSIONS_MAX,
          new InboxQuota(INBOX_FRAMES_MAX, 8 << 20),
          Duration.ofSeconds(10),
          Duration.ofDays(7),
          Duration.ofSeconds(10),
          READERS_MAX);
  private final UuidV7Generator ids = new UuidV7Generator(Randomness.secure());
  private final SessionDoor door = new SessionDoor(sessions, SETTINGS);
  private final CursorKey cursorKey =
      new CursorKey(new MakeCursorKey(new MapVault(), Randomness.secure()));

  final OpenSession open =
      new OpenSession(
          sessions, frames, frames, agents, new RecordedEvent<>(audit), ids, SETTINGS, clock);
  final ReadSession read = new ReadSession(door, sessions, clock);
  final AcceptSession accept =
      new AcceptSession(door, sessions, new RecordedEvent<>(audit), ids, clock);
  final RotateSession rotate =
      new RotateSession(door, sessions, new RecordedEvent<>(audit), ids, clock);
  final CloseSession close =
      new CloseSession(door, sessions, new RecordedEvent<>(audit), ids, clock);
  final WriterGate gate = new WriterGate();
  final SendFrame send =
      new SendFrame(
          new CheckFrame(door, agents),
          gate,
          new KeepFrame(
              door,
              frames,
              new RecordedEvent<>(audit),
              new RecordedEvent<>(new ArrayList<>()),
              SETTINGS),
          SETTINGS,
          clock);
  final FetchFrames fetch = new FetchFrames(door, frames, cursorKey, SETTINGS, clock);
  final FetchInbox inbox = new FetchInbox(frames, cursorKey, SETTINGS, clock);
  final AcknowledgeFrames acknowledge = new AcknowledgeFrames(frames, cursorKey, clock);
  final ListSessions list = new ListSessions(sessions, cursorKey, clock);
  final ReadHistory history = new ReadHistory(door, sessions);
  final Queue<Runnable> tasks = new ArrayDeque<>();
  final WaitingReaders waiting = new WaitingReaders();
  final AwaitPage await = new AwaitPage(waiting, agents, clock);
  final EndFrames endFrames = new EndFrames(frames, SETTINGS);
  final SweepSessions sweep = new SweepSessions(sessions, SETTINGS);

  Stage() {
    waiting.begin(new Readers(READERS_MAX, tasks::add, clock));
    for (Ed25519.KeyPair key : List.of(aliceKey, bobKey, malloryKey)) {
      register(key, true);
    }
  }

  void register(Ed25519.KeyPair key, boolean active) {
    registered.put(did(key), new AgentDirectory.Agent(did(key), key.publicKey(), active, now));
  }

  static Ed25519.KeyPair key(String who) {
    return Ed25519.fromSeed(SecretBytes.of(Sha256.of(Bytes.utf8(who)).toArray()));
  }

  static String did(Ed25519.KeyPair key) {
    return Did.ofKey(key.publicKey()).text();
  }

  /** Lets the readers that wait look, as the server's threads would. */
  void work() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /** The clock moves on and the second's tick comes. */
  void after(Duration time) {
    now = now.plus(time);
    waiting.get().tick(now);
    work();
  }

  OpenSession.Request request(String responder) {
    return new OpenSession.Request(
        responder, "talos-x3dh-2", Bytes.utf8("opaque"), Optional.empty());
  }

  /** A session that Alice asked Bob for. */
  Session pending() {
    return done(open.open(alice, request(bob)));
  }

  /** A session that Bob has accepted. */
  Session active() {
    return done(accept.accept(pending().id(), bob, Optional.empty()));
  }

  Frame frame(Ed25519.KeyPair sender, UuidV7 session, long number) {
    return Frame.sign(
        sender,
        session,
        number,
        new RatchetMessage(Bytes.utf8("header"), Bytes.utf8("sealed " + number)),
        now,
        now.plusSeconds(3600));
  }

  Outcome<?> sends(Ed25519.KeyPair sender, UuidV7 session, long number) {
    return send.send(session, did(sender), frame(sender, session, number).content());
  }

  static <T> T done(Outcome<T> outcome) {
    return outcome.match(
        value -> value,
        code -> {
          throw new AssertionError("refused with " + code);
        });
  }

  static Optional<ErrorCode> refusal(Outcome<?> outcome) {
    return outcome.match(value -> Optional.empty(), Optional::of);
  }
}
