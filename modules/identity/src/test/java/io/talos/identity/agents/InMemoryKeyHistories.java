package io.talos.identity.agents;

import io.talos.contracts.Bytes;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Statements in a list. */
public final class InMemoryKeyHistories implements KeyHistories {
  private final List<KeyStatement> all = new ArrayList<>();
  private int wholeReads;

  @Override
  public void lock(Did did) {
    // One thread plays every story.
  }

  @Override
  public List<KeyStatement> statements(Did did) {
    wholeReads++;
    return all.stream().filter(statement -> statement.did().equals(did)).toList();
  }

  /** How often a whole history was read. */
  public int wholeReads() {
    return wholeReads;
  }

  @Override
  public void add(KeyStatement statement, Instant now) {
    all.add(statement);
  }

  @Override
  public boolean isUsed(Did did, Bytes key) {
    return all.stream()
        .filter(statement -> statement.did().equals(did))
        .anyMatch(statement -> statement.key().filter(key::equals).isPresent());
  }

  @Override
  public boolean isUsed(Bytes key) {
    return all.stream().anyMatch(statement -> statement.key().filter(key::equals).isPresent());
  }
}
