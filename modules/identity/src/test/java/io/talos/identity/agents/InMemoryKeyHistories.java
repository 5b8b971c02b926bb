package io.talos.identity.agents;

import io.talos.contracts.Bytes;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyStatement;
import io.talos.contracts.json.CanonicalJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Statements in a list. */
public final class InMemoryKeyHistories implements KeyHistories {
  private final List<KeyStatement> all = new ArrayList<>();
  private final Map<Did, Runnable> meanwhile = new HashMap<>();
  private final List<Did> locked = new ArrayList<>();
  private int wholeReads;

  @Override
  public void lock(Did did) {
    locked.add(did);
    Runnable others = meanwhile.remove(did);
    if (others != null) {
      others.run();
    }
  }

  /** One thread plays every story: what others commit while the next one waits for a lock. */
  public void whileWaitingFor(Did did, Runnable others) {
    meanwhile.put(did, others);
  }

  /** What was locked, in order. */
  public List<Did> locked() {
    return List.copyOf(locked);
  }

  @Override
  public List<String> texts(Did did) {
    return statements(did).stream()
        .map(statement -> CanonicalJson.encode(statement.toJson()).utf8())
        .toList();
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
