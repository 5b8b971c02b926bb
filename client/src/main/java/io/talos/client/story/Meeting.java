package io.talos.client.story;

import io.talos.client.AgentClient;
import io.talos.client.Identity;
import io.talos.client.TalosClient;
import io.talos.client.story.Cast.Means;
import io.talos.client.story.Cast.Player;
import io.talos.contracts.did.Multikey;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.SignedNote;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Step 1: three agents make their identities and register; the first checkpoint is kept. */
final class Meeting {
  static final String TITLE = "Identities";
  private static final Duration FIRST_CHECKPOINT_MAX = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 250;

  private final StorySettings settings;
  private final TalosClient talos;
  private final Means means;

  Meeting(StorySettings settings, TalosClient talos, Means means) {
    this.settings = settings;
    this.talos = talos;
    this.means = means;
  }

  Cast play() {
    Player alice = register("Alice");
    Player bob = register("Bob");
    Player mallory = register("Mallory");
    NoteKey key = Claim.granted("asking for the log's key", talos.logKey()).value();
    SignedNote first = firstCheckpoint(key);
    return new Cast(
        means.randomness().bytes(6).hex(),
        talos,
        talos.operator(settings.operatorToken()),
        alice,
        bob,
        mallory,
        key,
        first);
  }

  String proved(Cast cast) {
    return "Alice, Bob and Mallory each signed their registration with the key that is their DID;"
        + " their DID documents resolve to their keys; first checkpoint kept: "
        + cast.firstCheckpoint().size()
        + " entries";
  }

  private Player register(String name) {
    Identity identity = Identity.generate(means.randomness());
    Player player = new Player(name, identity, talos.agent(identity));
    AgentClient client = player.client();
    Claim.refused(name + " before registration", ErrorCode.AGENT_NOT_REGISTERED, client.whoami());
    JsonObject agent =
        Claim.granted("registering " + name, client.register(Optional.of(name))).value();
    Claim.that(
        agent.getString("did", "").equals(identity.did()), name + " was registered as another");
    JsonObject self = Claim.granted("asking who " + name + " is", client.whoami()).value();
    Claim.that(
        self.getString("kind", "").equals("agent")
            && self.getString("id", "").equals(identity.did()),
        "the server takes " + name + " for somebody else");
    resolve(player);
    return player;
  }

  private void resolve(Player player) {
    JsonObject document =
        Claim.granted("resolving " + player.name(), talos.resolve(player.did())).value();
    Set<String> keys =
        document.getJsonArray("verificationMethod").stream()
            .map(JsonValue::asJsonObject)
            .map(method -> method.getString("publicKeyMultibase", ""))
            .collect(Collectors.toSet());
    Claim.that(
        document.getString("id", "").equals(player.did().text())
            && keys.contains(player.did().multikey())
            && keys.contains(
                Multikey.x25519(player.identity().channel().certified().publicKey()).text()),
        player.name() + "'s DID document does not hold " + player.name() + "'s keys");
  }

  /** The registrations are in the log as soon as its next checkpoint; that one is worth keeping. */
  private SignedNote firstCheckpoint(NoteKey key) {
    long end = System.nanoTime() + FIRST_CHECKPOINT_MAX.toNanos();
    Optional<SignedNote> note = checkpoint();
    while ((note.isEmpty() || Checkpoint.open(note.get(), key).size() == 0)
        && System.nanoTime() < end) {
      Pause.millis(POLL_MILLIS);
      note = checkpoint();
    }
    Claim.that(
        note.isPresent() && Checkpoint.open(note.get(), key).size() > 0,
        "the log has no checkpoint with an entry");
    return note.get();
  }

  private Optional<SignedNote> checkpoint() {
    return talos
        .checkpoint()
        .match(granted -> Optional.of(granted.value()), refused -> Optional.empty());
  }
}
