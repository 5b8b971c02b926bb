package io.talos.client.story;

import io.talos.client.AgentClient;
import io.talos.client.Identity;
import io.talos.client.OperatorClient;
import io.talos.client.TalosClient;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.SignedNote;
import java.time.InstantSource;

/**
 * Who plays, and what they know from the first step on.
 *
 * @param play names this play, so that plays on the same data do not meet
 * @param logKey the key that the log signs with, as first seen
 * @param first the first checkpoint seen
 */
record Cast(
    String play,
    TalosClient talos,
    OperatorClient operator,
    Player alice,
    Player bob,
    Player mallory,
    NoteKey logKey,
    SignedNote first) {

  /** One agent of the story. */
  record Player(String name, Identity identity, AgentClient client) {
    Did did() {
      return Did.parse(identity.did());
    }
  }

  /** Time, chance and identifiers for one play. */
  record Means(InstantSource clock, Randomness randomness, UuidV7Generator ids) {}

  /** The checkpoint that {@link #first} holds, its signature checked. */
  Checkpoint firstCheckpoint() {
    return Checkpoint.open(first, logKey);
  }
}
