package io.talos.identity.agents;

import io.talos.contracts.Bytes;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyStatement;
import java.time.Instant;
import java.util.List;

/** Remembers the key statements of agents; none is ever changed or taken away. */
public interface KeyHistories {
  /**
   * Waits until nobody else changes the keys of {@code did}, and keeps others out until the end of
   * the transaction.
   */
  void lock(Did did);

  /** The statements that were accepted, oldest first. */
  List<KeyStatement> statements(Did did);

  /**
   * The same statements in their canonical text, which was checked when they were accepted. For
   * whoever hands them on: everybody may ask, and reading a long history has its price.
   */
  List<String> texts(Did did);

  /** Adds a statement that was verified; the caller holds the lock. */
  void add(KeyStatement statement, Instant now);

  /**
   * Whether {@code key} came into the history of {@code did} as a new key. One look-up however long
   * the history is: anybody can name any key.
   */
  boolean isUsed(Did did, Bytes key);

  /** Whether {@code key} came into somebody's history as a new key. */
  boolean isUsed(Bytes key);
}
