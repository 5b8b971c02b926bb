package io.talos.client.groups;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.mls.TreeKEM.LeafIndex;
import org.bouncycastle.mls.codec.AuthenticatedContent;
import org.bouncycastle.mls.codec.KeyPackage;
import org.bouncycastle.mls.codec.Proposal;

/**
 * A member's state of one group. A message that is forged, replayed, out of turn or not what the
 * server says of it changes nothing; the genuine one is read after it. Thread safe.
 *
 * <p>The state lives in memory only, and cannot be stored: a member that lost it comes back by
 * {@link OutsideJoin}. Proposals and commits are public messages, which the server may read, as it
 * reads the tree in the group info; application messages are private.
 *
 * <p>Source: RFC 9420.
 *
 * <p>Refuses with: {@link ErrorCode#A2A_GROUP_MESSAGE_INVALID} for whatever is not genuine, {@link
 * ErrorCode#A2A_GROUP_ROSTER_MISMATCH} for who is not who is said, {@link
 * ErrorCode#A2A_GROUP_STATE_LOST} when this state cannot go on.
 */
public final class Group {
  private final LeafOwner self;
  private final MemberKeys memberKeys;
  private final Randomness randomness;
  private final Map<Bytes, Integer> leaving = new LinkedHashMap<>();
  private Epoch epoch;
  private MessageKeys keys;
  private Optional<OwnCommit> pending = Optional.empty();
  private int epochs;
  private boolean member = true;

  private Group(
      LeafOwner self, MemberKeys memberKeys, Randomness randomness, Epoch epoch, MessageKeys keys) {
    this.self = self;
    this.memberKeys = memberKeys;
    this.randomness = randomness;
    this.epoch = epoch;
    this.keys = keys;
  }

  static Group of(
      LeafOwner self,
      MemberKeys memberKeys,
      Randomness randomness,
      org.bouncycastle.mls.protocol.Group mls,
      Roster roster) {
    return Mls.alone(
        "entering a group",
        () -> {
          Epoch epoch = new Epoch(mls, roster);
          return new Group(self, memberKeys, randomness, epoch, epoch.takeMessageKeys(randomness));
        });
  }

  /** A new group with its creator alone in it. */
  public static Group create(
      LeafOwner self, Bytes groupId, MemberKeys memberKeys, Randomness randomness, Instant now) {
    OwnKeyPackage own = OwnKeyPackage.generate(self, randomness, now);
    org.bouncycastle.mls.protocol.Group mls =
        Mls.alone(
            "creating a group",
            () ->
                new org.bouncycastle.mls.protocol.Group(
                    groupId.toArray(),
                    Mls.SUITE,
                    own.leafPair(),
                    self.signing().seed().reveal(),
                    own.leafNode(),
                    List.of()));
    return of(self, memberKeys, randomness, mls, Roster.of(mls.getTree()));
  }

  /** Whether a welcome is for a key package. */
  public static boolean isFor(OwnKeyPackage own, Bytes welcome) {
    return Mls.alone(
        "reading a welcome",
        () -> Mls.read(welcome, Wire.Form.WELCOME).welcome.find(own.keyPackage()) >= 0);
  }

  /**
   * Joins by a welcome.
   *
   * @param groupId the group that the welcome is said to be for
   */
  public static Group join(
      LeafOwner self,
      Bytes groupId,
      OwnKeyPackage own,
      Bytes welcome,
      MemberKeys memberKeys,
      Randomness randomness) {
    org.bouncycastle.mls.protocol.Group mls =
        Mls.alone(
            "joining by a welcome",
            () ->
                new org.bouncycastle.mls.protocol.Group(
                    own.initPrivateKey(),
                    own.leafPair(),
                    self.signing().seed().reveal(),
                    own.keyPackage(),
                    Mls.read(welcome, Wire.Form.WELCOME).welcome,
                    null,
                    Map.of(),
                    Map.of()));
    if (!Bytes.of(mls.getGroupID()).equals(groupId)) {
      throw Epoch.invalid("a welcome to another group");
    }
    Roster roster =
        Mls.alone("reading a tree", () -> Roster.whole(mls.getTree(), groupId.toArray()));
    roster.requireKnown(memberKeys);
    return of(self, memberKeys, randomness, mls, roster);
  }

  /** The group's id. */
  public synchronized Bytes groupId() {
    return Bytes.of(epoch.mls().getGroupID());
  }

  /** The current epoch. */
  public synchronized long epoch() {
    return epoch.number();
  }

  /** Whether this agent still is a member. */
  public synchronized boolean isMember() {
    return member;
  }

  /** Who is in the group. */
  public synchronized List<Did> members() {
    return epoch.roster().dids();
  }

  /** Who asked to leave in this epoch. */
  public synchronized List<Did> leaving() {
    return leaving.values().stream().map(leaf -> epoch.roster().at(leaf).did()).sorted().toList();
  }

  /** Equal for two members exactly when they are in the same epoch of the same history. */
  public synchronized Bytes epochAuthenticator() {
    return Bytes.of(epoch.mls().getEpochAuthenticator());
  }

  /** Adds the owners of key packages, and whoever asked to leave goes. */
  public PreparedCommit add(List<Bytes> keyPackages, Instant now) {
    return commit(keyPackages, List.of(), now);
  }

  /** Removes members, and whoever asked to leave goes. */
  public PreparedCommit remove(List<Did> members) {
    return commit(List.of(), members, Instant.MIN);
  }

  /** Puts fresh secrets in place of this member's, and whoever asked to leave goes. */
  public PreparedCommit update() {
    return commit(List.of(), List.of(), Instant.MIN);
  }

  /**
   * Adds and removes at once; fresh secrets, and whoever asked to leave goes, in any case.
   *
   * @param now when the keys of those who are added must speak
   * @throws TalosException {@link ErrorCode#A2A_GROUP_STATE_INVALID} when nobody else would be
   *     left: close the group instead
   */
  public synchronized PreparedCommit commit(
      List<Bytes> keyPackages, List<Did> removals, Instant now) {
    requireMember();
    Check.that(!leaving.containsValue(epoch.seat()), "who leaves, commits nothing more");
    List<Proposal> proposals = new ArrayList<>();
    List<Did> added = new ArrayList<>();
    for (Bytes published : keyPackages) {
      KeyPackage keyPackage = entitled(published, now);
      proposals.add(Mls.alone("adding", () -> Proposal.add(keyPackage)));
      added.add(Roster.Leaf.of(keyPackage.getLeafNode()).did());
    }
    List<Did> gone = new ArrayList<>(leaving());
    for (Did removed : removals) {
      int seat =
          epoch
              .roster()
              .seat(removed)
              .orElseThrow(() -> Roster.mismatch("nobody is removed who is no member"));
      if (!leaving.containsValue(seat)) {
        proposals.add(Proposal.remove(new LeafIndex(seat)));
        gone.add(removed);
      }
    }
    if (!gone.isEmpty() && members().size() - gone.size() + added.size() < 2) {
      // The library cannot make a path for one leaf.
      throw new TalosException(ErrorCode.A2A_GROUP_STATE_INVALID, "nobody else would be left");
    }
    return prepare(proposals, added, gone);
  }

  private KeyPackage entitled(Bytes published, Instant now) {
    Check.atMost(published.size(), Limits.KEY_PACKAGE_BYTES_MAX, "bytes of a key package");
    KeyPackage keyPackage =
        Mls.alone(
            "reading a key package", () -> Mls.read(published, Wire.Form.KEY_PACKAGE).keyPackage);
    Roster.Leaf leaf = Roster.Leaf.of(keyPackage.getLeafNode());
    if (!memberKeys.of(leaf.did()).spoke(leaf.key(), now, Duration.ZERO)) {
      throw Roster.mismatch("a key package whose key does not speak for its DID");
    }
    return keyPackage;
  }

  private PreparedCommit prepare(List<Proposal> proposals, List<Did> added, List<Did> gone) {
    OwnCommit made =
        Mls.alone(
            "preparing a commit", () -> OwnCommit.make(epoch, proposals, added, gone, randomness));
    pending = Optional.of(made);
    return made.commit();
  }

  /** Forgets a commit that the group did not take. */
  public synchronized void drop() {
    pending = Optional.empty();
  }

  /** Whether {@code commit} is the one that this member prepared last. */
  public synchronized boolean isOwn(Bytes commit) {
    return pending.filter(own -> own.commit().commit().equals(commit)).isPresent();
  }

  /** This member's proposal to leave. It is gone when somebody else commits it. */
  public synchronized Bytes leave() {
    requireMember();
    List<Integer> seats = epoch.roster().leaves().keySet().stream().sorted().toList();
    return Mls.alone(
        "proposing to leave",
        () -> {
          // The library counts occupied leaves here.
          int place = seats.indexOf(epoch.seat());
          return Mls.bytes(epoch.mls().remove(new LeafIndex(place), OwnCommit.plain()));
        });
  }

  /**
   * Takes note of a proposal to leave. The first of each member counts.
   *
   * @return who leaves
   */
  public synchronized Did noteLeave(Bytes proposal) {
    requireMember();
    return Mls.alone(
        "reading a proposal",
        () -> {
          AuthenticatedContent auth = epoch.authenticated(proposal);
          int leaf = epoch.leaving(auth);
          if (!leaving.containsValue(leaf)) {
            if (leaf != epoch.seat()) {
              epoch.mls().handle(proposal.toArray(), null);
            }
            leaving.put(Epoch.reference(auth), leaf);
          }
          return epoch.roster().at(leaf).did();
        });
  }

  /**
   * Follows the group's next commit, this member's own or another's.
   *
   * @param declared what the server says of it
   */
  public synchronized Change follow(Bytes commit, Declared declared) {
    requireMember();
    Optional<OwnCommit> own = pending.filter(mine -> mine.commit().commit().equals(commit));
    Epoch.Effect effect =
        Mls.alone("reading a commit", () -> epoch.effect(epoch.authenticated(commit), leaving));
    requireDeclared(effect, declared);
    if (effect.removedLeaves().contains(epoch.seat())) {
      return leaveGroup(effect);
    }
    org.bouncycastle.mls.protocol.Group next =
        own.isPresent()
            ? own.get().next()
            : Mls.alone("following a commit", () -> epoch.after(commit, effect));
    Roster roster = Roster.of(next.getTree());
    requireRoster(effect, roster);
    roster.requireEntitled(epoch.roster(), memberKeys, declared.at());
    adopt(next, roster);
    return new Change(epoch.number(), effect.author(), effect.added(), effect.removed());
  }

  private static void requireDeclared(Epoch.Effect effect, Declared declared) {
    if (!effect.author().equals(declared.sender())
        || effect.external() != declared.external()
        || !effect.added().equals(declared.added())
        || !effect.removed().equals(declared.removed())) {
      throw Roster.mismatch("the commit does not do what the server says of it");
    }
  }

  private void requireRoster(Epoch.Effect effect, Roster after) {
    List<Did> expected = new ArrayList<>(epoch.roster().dids());
    effect.removed().forEach(expected::remove);
    expected.addAll(effect.added());
    if (!after.dids().equals(expected.stream().sorted().toList())) {
      throw Roster.mismatch("the tree holds others than the commit says");
    }
  }

  private Change leaveGroup(Epoch.Effect effect) {
    member = false;
    pending = Optional.empty();
    keys.wipe();
    return new Change(epoch.number() + 1, effect.author(), effect.added(), effect.removed());
  }

  private void adopt(org.bouncycastle.mls.protocol.Group next, Roster roster) {
    if (epochs >= Limits.EPOCHS_MAX) {
      throw new TalosException(ErrorCode.A2A_GROUP_STATE_LOST, "too many epochs: join anew");
    }
    Mls.alone(
        "entering an epoch",
        () -> {
          Epoch fresh = new Epoch(next, roster);
          MessageKeys freshKeys = fresh.takeMessageKeys(randomness);
          keys.wipe();
          keys = freshKeys;
          epoch = fresh;
          return fresh;
        });
    leaving.clear();
    pending = Optional.empty();
    epochs++;
  }

  /** Encrypts a message to the group, signed by this member. */
  public synchronized Bytes protect(Bytes plaintext) {
    requireMember();
    Check.atMost(plaintext.size(), Limits.PLAINTEXT_BYTES_MAX, "bytes of a message");
    return Mls.alone(
        "protecting a message",
        () -> {
          MessageKeys trial = keys.copy();
          Bytes message = Messages.protect(epoch, trial, self, plaintext);
          keys.giveWayTo(trial);
          keys = trial;
          return message;
        });
  }

  /** Decrypts a message of the current epoch; each is read once. */
  public synchronized Plaintext unprotect(Bytes message) {
    requireMember();
    return Mls.alone(
        "reading a message",
        () -> {
          MessageKeys trial = keys.copy();
          Plaintext plaintext = Messages.unprotect(epoch, trial, message);
          // Only now: a forged message leaves every key as it was.
          keys.giveWayTo(trial);
          keys = trial;
          return plaintext;
        });
  }

  private void requireMember() {
    if (!member) {
      throw new TalosException(ErrorCode.A2A_MEMBER_NOT_ALLOWED, "no member any more");
    }
  }
}
