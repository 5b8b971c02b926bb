package io.talos.client;

import io.talos.client.state.SealKey;
import io.talos.client.state.StateFolder;
import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.channel.InitialMessage;
import io.talos.contracts.channel.Prekeys;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where an agent lives between two runs: its keys, its prekeys and its conversations, sealed in a
 * {@link StateFolder}. One process at a time. Thread safe.
 *
 * <p>Whoever has the folder's passphrase or key is the agent. Use one home for an agent: what one
 * home has read, the server hands to no other.
 */
public final class AgentHome implements AutoCloseable {
  private static final String IDENTITY = "identity";
  private static final String INBOX = "inbox";
  private static final String SESSION = "session-";
  private static final String FORM = "talos.agent.v1";
  private static final io.talos.contracts.json.Limits JSON =
      new io.talos.contracts.json.Limits(4 << 20, 8, 20_000);

  private final StateFolder folder;
  private final ReentrantLock keeping = new ReentrantLock();
  private volatile Identity identity;

  private AgentHome(StateFolder folder, Identity identity) {
    this.folder = folder;
    this.identity = identity;
  }

  /** Whether {@code folder} is a home. */
  public static boolean isOne(Path folder) {
    return StateFolder.isOne(folder);
  }

  /**
   * Makes a home for {@code identity}; a key file of it is no longer needed then.
   *
   * @throws TalosException as {@link StateFolder#create(Path, SealKey, io.talos.contracts.did.Did,
   *     Randomness)}
   */
  public static AgentHome create(
      Path folder, SealKey key, Identity identity, Randomness randomness) {
    return create(StateFolder.create(folder, key, identity.history().did(), randomness), identity);
  }

  /** The same in an open folder that holds nothing yet. */
  public static AgentHome create(StateFolder folder, Identity identity) {
    Check.that(folder.owner().equals(identity.history().did()), "the folder is the agent's");
    AgentHome home = new AgentHome(folder, identity);
    home.write(identity);
    return home;
  }

  /**
   * Opens a home.
   *
   * @throws TalosException as {@link StateFolder#open(Path, SealKey, Randomness)} and {@link
   *     StateFolder#read}: {@link ErrorCode#DECRYPT_FAILED} for a wrong passphrase, {@link
   *     ErrorCode#STATE_ROLLED_BACK} for an old copy
   */
  public static AgentHome open(Path folder, SealKey key, Randomness randomness) {
    StateFolder opened = StateFolder.open(folder, key, randomness);
    try {
      return open(opened);
    } catch (TalosException e) {
      opened.close();
      throw e;
    }
  }

  /** The same in a folder that is open. */
  public static AgentHome open(StateFolder folder) {
    SecretBytes text =
        folder
            .read(IDENTITY)
            .orElseThrow(
                () -> new TalosException(ErrorCode.KEY_INVALID, "the folder holds no agent"));
    AgentHome home = new AgentHome(folder, IdentityText.read(json(text)));
    home.forgetUsedPrekeys();
    return home;
  }

  /** A crash may have come between a conversation and the stock that lacks its prekey. */
  private void forgetUsedPrekeys() {
    Prekeys left = identity.prekeys();
    for (ConversationState state : conversations()) {
      Optional<InitialMessage> used = state.answered().map(InitialMessage::decode);
      if (used.isPresent()) {
        left = left.without(used.get());
      }
    }
    if (!left.equals(identity.prekeys())) {
      keep(identity.with(left));
    }
  }

  /** The agent as it is now. */
  public Identity identity() {
    return identity;
  }

  /**
   * Keeps the agent with other keys or prekeys; it lasts when this returns.
   *
   * @throws TalosException {@link ErrorCode#KEY_HISTORY_CONFLICT} when {@code next} does not
   *     continue what is kept
   */
  public void keep(Identity next) {
    keeping.lock();
    try {
      if (!next.did().equals(identity.did()) || !next.history().continues(identity.history())) {
        throw new TalosException(
            ErrorCode.KEY_HISTORY_CONFLICT, "the other identity does not follow this one");
      }
      write(next);
      identity = next;
    } finally {
      keeping.unlock();
    }
  }

  private void write(Identity next) {
    String text = IdentityText.all(next).add("form", FORM).build().toString();
    folder.write(IDENTITY, SecretBytes.utf8(text));
  }

  List<ConversationState> conversations() {
    return folder.names().stream()
        .filter(name -> name.startsWith(SESSION))
        .map(name -> ConversationState.decode(folder.read(name).orElseThrow()))
        .toList();
  }

  void save(ConversationState state) {
    folder.write(name(state.session()), state.encode());
  }

  StateFolder.Copy copy(UuidV7 session) {
    return folder
        .copy(name(session))
        .orElseThrow(
            () -> new TalosException(ErrorCode.A2A_SESSION_NOT_FOUND, "it is not kept here"));
  }

  void remove(UuidV7 session) {
    folder.remove(name(session));
  }

  private static String name(UuidV7 session) {
    return SESSION + session.text();
  }

  /** Up to where the agent's frames were kept here. */
  Optional<String> cursor() {
    return folder
        .read(INBOX)
        .map(cursor -> new String(cursor.reveal(), StandardCharsets.UTF_8))
        .filter(cursor -> !cursor.isEmpty());
  }

  void saveCursor(Optional<String> cursor) {
    folder.write(INBOX, SecretBytes.utf8(cursor.orElse("")));
  }

  private static JsonObject json(SecretBytes text) {
    JsonObject json = StrictJson.parseObject(Bytes.of(text.reveal()), JSON);
    if (!json.getString("form", "").equals(FORM)) {
      throw new TalosException(ErrorCode.KEY_INVALID, "the file holds no agent");
    }
    return json;
  }

  /** A home with nothing secret in its text. */
  @Override
  public String toString() {
    return "AgentHome[" + identity.did() + "]";
  }

  /** Lets go of the folder. */
  @Override
  public void close() {
    folder.close();
  }
}
