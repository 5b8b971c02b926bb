package io.talos.client.groups;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyHistory;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The agents of a story, by name, and what everybody knows of their keys. */
public final class Cast {
  public static final Bytes GROUP = Bytes.utf8("0192f0c1-2345-7abc-8def-0123456789ab");
  public static final Randomness CHANCE = Randomness.secure();

  private final Map<String, LeafOwner> owners = new HashMap<>();
  private final Map<Did, KeyHistory> histories = new HashMap<>();
  private final Map<Did, OwnKeyPackage> offered = new HashMap<>();

  /** Now as the library, which looks at the system's clock, sees it. */
  public static Instant now() {
    return Instant.now();
  }

  public LeafOwner named(String name) {
    return owners.computeIfAbsent(
        name,
        ignored -> {
          Ed25519.KeyPair pair = Ed25519.generate(CHANCE);
          Did did = Did.ofKey(pair.publicKey());
          histories.put(did, KeyHistory.of(did));
          return new LeafOwner(did, pair);
        });
  }

  public Did did(String name) {
    return named(name).did();
  }

  public List<Did> dids(String... names) {
    return Arrays.stream(names).map(this::did).sorted().toList();
  }

  public MemberKeys keys() {
    return did -> histories.getOrDefault(did, KeyHistory.of(did));
  }

  void knows(KeyHistory history) {
    histories.put(history.did(), history);
  }

  public OwnKeyPackage keyPackage(String name) {
    return OwnKeyPackage.generate(named(name), CHANCE, now());
  }

  public Group creates(String name) {
    return Group.create(named(name), GROUP, keys(), CHANCE, now());
  }

  /** A key package that others find. */
  public OwnKeyPackage offers(String name) {
    OwnKeyPackage own = keyPackage(name);
    offered.put(did(name), own);
    return own;
  }

  /** What was offered last. */
  public OwnKeyPackage offered(Did agent) {
    return java.util.Objects.requireNonNull(offered.get(agent));
  }

  Group joins(String name, OwnKeyPackage own, PreparedCommit commit) {
    return Group.join(named(name), GROUP, own, commit.welcome().orElseThrow(), keys(), CHANCE);
  }

  OutsideJoin comesIn(String name, PreparedCommit last) {
    return OutsideJoin.prepare(named(name), GROUP, last.groupInfo(), keys(), CHANCE, now());
  }

  /** What an honest server says of a commit. */
  Declared declared(String author, PreparedCommit commit) {
    return new Declared(did(author), commit.added(), commit.removed(), commit.external(), now());
  }

  /** A group of these, the first of whom made it and added the others. */
  Party group(String... names) {
    Party groups = new Party();
    Group first = creates(names[0]);
    groups.put(names[0], first);
    if (names.length > 1) {
      List<OwnKeyPackage> own = Arrays.stream(names).skip(1).map(this::keyPackage).toList();
      PreparedCommit add = first.add(own.stream().map(OwnKeyPackage::published).toList(), now());
      first.follow(add.commit(), declared(names[0], add));
      for (int i = 1; i < names.length; i++) {
        groups.put(names[i], joins(names[i], own.get(i - 1), add));
      }
    }
    return groups;
  }

  /** Everybody follows. */
  void all(Party groups, String author, PreparedCommit commit) {
    groups
        .values()
        .forEach(
            group -> {
              if (group.isMember()) {
                group.follow(commit.commit(), declared(author, commit));
              }
            });
  }
}
