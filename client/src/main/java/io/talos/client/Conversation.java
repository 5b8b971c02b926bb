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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A private session that survives crashes: a {@link Channel} whose state is saved before anything
 * that was made with it leaves. Thread safe; waiting threads hold no monitor.
 *
 * <p><b>Sending.</b> A message is encrypted, signed and saved with the advanced state, then sent. A
 * crash in between loses nothing and uses no key twice: after a restart the same frame is sent. The
 * server takes a frame once, so trying again is safe.
 *
 * <p><b>Receiving.</b> A message is saved with the advanced state, then handed out; {@link
 * #acknowledge} forgets it. Within one process no message is handed out twice. One that was not
 * acknowledged when the process ended is handed out again, marked {@link Message#again}, so that
 * nothing is lost. What the server delivers twice is dropped.
 *
 * <p>A frame that is not the peer's, was changed, or cannot be decrypted is left out and told of
 * once, by an exception with its code; the conversation goes on behind it.
 */
public final class Conversation {
  private final Conversations all;
  private final AgentHome home;
  private final Randomness randomness;
  private final Outbox outbox;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<ErrorCode> rejected = new ArrayDeque<>();
  private volatile ConversationState state;
  // How many of the inbox's first messages this process has handed out.
  private int handedOut;
  private boolean forgotten;

  Conversation(Conversations all, AgentHome home, ConversationState state, Randomness randomness) {
    this.all = all;
    this.home = home;
    this.state = state;
    this.randomness = randomness;
    this.outbox = new Outbox(this, all, state.nextNumber());
  }

  /** The session's id. */
  public UuidV7 session() {
    return state.session();
  }

  /** The agent at the other end. */
  public Did peer() {
    return state.peer().did();
  }

  /** How messages are encrypted. */
  public String suite() {
    return state.ratchet().suite().wireName();
  }

  /**
   * Numbers of the peer's messages that did not arrive although later ones did: they are on their
   * way, expired, or somebody withholds them.
   */
  public List<Long> missing() {
    return state.seen().missing();
  }

  /**
   * Encrypts, keeps and sends.
   *
   * @param plaintext at most {@link io.talos.contracts.channel.Limits#PLAINTEXT_BYTES_MAX} bytes
   * @throws TalosException {@link ErrorCode#STATE_FULL} when {@link Limits#OUTBOX_MAX} messages
   *     wait already, {@link ErrorCode#STATE_ROLLED_BACK} when the server has another frame of this
   *     number: somebody used a copy of this state
   */
  public Delivery send(Bytes plaintext) {
    lock.lock();
    try {
      requireRoom(plaintext.size());
      Instant now = all.now();
      Ratchet.Sent sent = Ratchet.send(state.ratchet(), plaintext, randomness);
      Identity sender = home.identity();
      Frame frame =
          Frame.sign(
              sender.history().did(),
              sender.signing(),
              state.session(),
              state.nextNumber(),
              sent.message(),
              now,
              now.plus(Channel.FRAME_LIFETIME));
      List<UnverifiedFrame> waiting = new ArrayList<>(state.outbox());
      waiting.add(frame.content());
      save(state.withSent(sent.next(), waiting));
    } finally {
      lock.unlock();
    }
    return outbox.deliver();
  }

  private void requireRoom(int size) {
    long bytes = size + state.outbox().stream().mapToLong(f -> f.ciphertext().size()).sum();
    if (state.outbox().size() == Limits.OUTBOX_MAX || bytes > Limits.OUTBOX_BYTES_MAX) {
      throw new TalosException(ErrorCode.STATE_FULL, "too much waits to be sent");
    }
  }

  /** Sends what still waits; {@link Delivery.Taken} when nothing does any more. */
  public Delivery deliver() {
    return outbox.deliver();
  }

  /**
   * The next message, when one comes within {@code patience}; asks the server as often as needed,
   * also while it cannot be reached.
   *
   * @throws TalosException with the code of a frame that was left out; {@link
   *     ErrorCode#UPSTREAM_UNAVAILABLE} when the server could not be reached all the time
   */
  public Optional<Message> receive(Duration patience) {
    return all.await(this::next, patience);
  }

  /**
   * The messages as they come; each is acknowledged when the next one is asked for.
   *
   * @param patience how long {@link Iterator#hasNext} waits before it says no; it may be asked
   *     again
   */
  public Iterator<Message> messages(Duration patience) {
    return new Incoming(this, patience);
  }

  /** Forgets a message that the application has dealt with; it lasts when this returns. */
  public void acknowledge(Message message) {
    lock.lock();
    try {
      List<Message> left = new ArrayList<>(state.inbox());
      int place = left.indexOf(message);
      if (place >= 0 && place < handedOut) {
        left.remove(place);
        save(state.withInbox(left));
        handedOut--;
      }
    } finally {
      lock.unlock();
    }
  }

  Optional<Message> next() {
    lock.lock();
    try {
      if (handedOut < state.inbox().size()) {
        return Optional.of(state.inbox().get(handedOut++));
      }
      if (!rejected.isEmpty()) {
        throw new TalosException(rejected.remove(), "a frame of " + session() + " was left out");
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Whether no more can be kept before the application reads. */
  boolean isFull() {
    List<Message> inbox = state.inbox();
    return inbox.size() >= Limits.INBOX_MAX
        || inbox.stream().mapToLong(m -> m.plaintext().size()).sum() >= Limits.INBOX_BYTES_MAX;
  }

  /** Keeps what the server delivered; all of it lasts when this returns. */
  void take(List<UnverifiedFrame> frames, PeerFrames peers, Instant now) {
    lock.lock();
    try {
      ConversationState next = state;
      List<ErrorCode> bad = new ArrayList<>();
      for (UnverifiedFrame frame : frames) {
        try {
          next = taken(next, frame, peers, now);
        } catch (TalosException e) {
          if (!isTheFramesFault(e.code())) {
            throw e;
          }
          bad.add(e.code());
        }
      }
      if (!next.seen().equals(state.seen())) {
        save(next);
      }
      bad.stream().limit(Limits.REJECTED_MAX - rejected.size()).forEach(rejected::add);
    } finally {
      lock.unlock();
    }
  }

  private ConversationState taken(
      ConversationState before, UnverifiedFrame unverified, PeerFrames peers, Instant now) {
    PeerFrames.Genuine genuine = peers.check(unverified, before.session(), before.peer(), now);
    long number = unverified.senderSeq();
    // Only a genuine frame is a duplicate; a forged one with the same number is told of.
    if (before.seen().contains(number)) {
      return before;
    }
    before
        .seen()
        .refuses(number)
        .ifPresent(
            code -> {
              throw new TalosException(code, "a number that the peer cannot use now");
            });
    Received.Opened opened = Ratchet.receive(before.ratchet(), genuine.frame().message()).orThrow();
    return received(before, genuine.keys(), opened.next(), number, opened.plaintext());
  }

  private static ConversationState received(
      ConversationState before, KeyHistory keys, RatchetState next, long number, Bytes plaintext) {
    List<Message> inbox = new ArrayList<>(before.inbox());
    inbox.add(new Message(before.session(), keys.did(), number, plaintext, false));
    return before.withReceived(keys, next, before.seen().with(number), inbox);
  }

  /** Otherwise the same frame may be good when it is tried again. */
  private static boolean isTheFramesFault(ErrorCode code) {
    return code.name().startsWith("A2A_") || code.name().startsWith("RATCHET_");
  }

  /** Frames that the server took need not be saved as gone: trying them again does no harm. */
  void tookFirst() {
    lock.lock();
    try {
      state = state.withOutbox(state.outbox().subList(1, state.outbox().size()));
    } finally {
      lock.unlock();
    }
  }

  Optional<UnverifiedFrame> firstWaiting() {
    return state.outbox().stream().findFirst();
  }

  /** The same message in a frame that is good for longer, under the key that is current now. */
  UnverifiedFrame signAnew(UnverifiedFrame frame) {
    lock.lock();
    try {
      Instant now = all.now();
      Identity sender = home.identity();
      Frame again =
          Frame.sign(
              sender.history().did(),
              sender.signing(),
              frame.sessionId(),
              frame.senderSeq(),
              new io.talos.contracts.channel.RatchetMessage(frame.header(), frame.ciphertext()),
              now,
              now.plus(Channel.FRAME_LIFETIME));
      List<UnverifiedFrame> waiting = new ArrayList<>(state.outbox());
      waiting.set(0, again.content());
      save(state.withOutbox(waiting));
      return again.content();
    } finally {
      lock.unlock();
    }
  }

  boolean isCurrent(UnverifiedFrame frame) {
    return frame.check(home.identity().signing().publicKey(), all.now())
        instanceof UnverifiedFrame.Genuine;
  }

  /** What would open the next messages. */
  RatchetState ratchet() {
    return state.ratchet();
  }

  private void save(ConversationState next) {
    if (!forgotten) {
      home.save(next);
    }
    RatchetState before = state.ratchet();
    state = next;
    before.retire(next.ratchet());
  }

  /** Another thread may still hold it; what that does is kept no more. */
  void forget() {
    lock.lock();
    try {
      forgotten = true;
      home.remove(session());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Leaves a copy of the sealed state at the server, which from then on knows how new the newest
   * state is; it cannot open it. Worth it when an agent stops.
   *
   * @return how new it is
   * @throws TalosException {@link ErrorCode#STATE_ROLLED_BACK} when a newer one is there, {@link
   *     ErrorCode#STATE_FULL} when it is larger than a server keeps
   */
  public Reply<Long> park() {
    return parking().park(session());
  }

  /**
   * Requires that nobody parked a newer state than this one. Worth it when an agent starts.
   *
   * @throws TalosException {@link ErrorCode#STATE_ROLLED_BACK} otherwise
   */
  public Reply<Long> requireNewest() {
    return parking().requireNewest(session());
  }

  private Parking parking() {
    return new Parking(all, home);
  }

  /** Ends the session for both, and forgets it here. */
  public Reply<UuidV7> close() {
    return all.close(this);
  }

  /** The session and the peer. */
  @Override
  public String toString() {
    return "Conversation[" + session() + " with " + peer() + "]";
  }
}
