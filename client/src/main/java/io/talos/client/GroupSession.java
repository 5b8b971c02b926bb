package io.talos.client;

import io.talos.client.groups.Change;
import io.talos.client.groups.Group;
import io.talos.client.groups.Plaintext;
import io.talos.client.groups.PreparedCommit;
import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One member's place in a group: follows the commits in the server's order, writes and reads. Of
 * two members that commit at once one is first; the other's commit is made anew, a bounded number
 * of times. Thread safe.
 *
 * <p>What cannot be followed throws and changes nothing: {@link
 * ErrorCode#A2A_GROUP_ROSTER_MISMATCH} when the server's list is not what a commit does, {@link
 * ErrorCode#A2A_GROUP_MESSAGE_INVALID} when a commit is not genuine or an entry is missing. With
 * {@link ErrorCode#A2A_GROUP_STATE_LOST} this session is at its end: {@link Groups#comeBack}.
 */
public final class GroupSession {
  private final GroupDelivery delivery;
  private final Groups.Cards cards;
  private final Group group;
  private final Did self;
  private final InstantSource clock;
  private Optional<String> cursor = Optional.empty();
  private long position;
  private Instant sentAt = Instant.MIN;
  private final Set<Bytes> sent = new LinkedHashSet<>();
  private final List<GroupNews.Message> messages = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<GroupNews.Unreadable> unreadable = new ArrayList<>();

  /**
   * @param position the entry that this member came in by; 0 for who made the group
   */
  GroupSession(
      GroupDelivery delivery,
      Groups.Cards cards,
      Group group,
      Did self,
      long position,
      InstantSource clock) {
    this.delivery = delivery;
    this.cards = cards;
    this.group = group;
    this.self = self;
    this.position = position;
    this.clock = clock;
  }

  /** The group's id. */
  public String id() {
    return group.groupId().utf8();
  }

  /** Who is in the group, as the commits say that this member followed. */
  public List<Did> members() {
    return group.members();
  }

  /** The epoch that this member is in. */
  public long epoch() {
    return group.epoch();
  }

  /** Whether this agent still is a member. */
  public boolean isMember() {
    return group.isMember();
  }

  /** Equal for two members exactly when they followed the same commits; compare it out of band. */
  public Bytes epochAuthenticator() {
    return group.epochAuthenticator();
  }

  /** Follows what happened, and hands over what was not handed over yet. */
  public synchronized Reply<GroupNews> receive() {
    return sync()
        .map(
            done -> {
              GroupNews news = new GroupNews(messages, changes, unreadable);
              messages.clear();
              changes.clear();
              unreadable.clear();
              return news;
            });
  }

  /** Encrypts and sends, in the newest epoch. */
  public synchronized Reply<JsonObject> send(Bytes plaintext) {
    return insisting(
        () -> {
          Bytes message = group.protect(plaintext);
          Check.that(
              sent.size() < Limits.GROUP_NEWS_MAX, "what was sent comes back before more is sent");
          sent.add(message);
          return delivery.send(group.epoch(), message);
        });
  }

  /** Adds agents that published key packages, which are claimed and verified. */
  public synchronized Reply<JsonObject> add(List<Did> agents) {
    List<Bytes> keyPackages = new ArrayList<>();
    for (Did agent : agents) {
      Reply<Bytes> claimed = cards.claim(agent);
      if (claimed instanceof Reply.Refused<Bytes> refused) {
        return new Reply.Refused<>(refused.refusal());
      }
      keyPackages.add(claimed.orThrow());
    }
    return commit(alsoGone -> group.commit(keyPackages, alsoGone, clock.instant()));
  }

  /** Removes members: what is sent from then on they cannot read. */
  public synchronized Reply<JsonObject> remove(List<Did> members) {
    return commit(
        alsoGone -> {
          Set<Did> gone = new LinkedHashSet<>(members);
          gone.addAll(alsoGone);
          return group.commit(List.of(), List.copyOf(gone), clock.instant());
        });
  }

  /** Puts fresh secrets in place of this member's: whoever stole the old ones reads no further. */
  public synchronized Reply<JsonObject> update() {
    return commit(alsoGone -> group.commit(List.of(), alsoGone, clock.instant()));
  }

  /** Asks to leave; the next commit of anybody else takes this member out. */
  public synchronized Reply<JsonObject> leave() {
    return insisting(() -> delivery.propose(group.epoch(), group.leave()));
  }

  /** Lets an agent come in from outside. */
  public Reply<JsonObject> invite(Did agent) {
    return delivery.invite(agent);
  }

  /** Ends the group for all. */
  public Reply<JsonObject> close() {
    return delivery.close();
  }

  private Reply<JsonObject> commit(Function<List<Did>, PreparedCommit> made) {
    List<Did> alsoGone = new ArrayList<>();
    return insisting(
        () -> {
          Reply<JsonObject> reply = delivery.commit(made.apply(List.copyOf(alsoGone)));
          if (reply instanceof Reply.Refused<JsonObject> refused) {
            group.drop();
            alsoGone.clear();
            if (refused.refusal().is(ErrorCode.A2A_GROUP_LEAVE_PENDING)) {
              // A proposal of an earlier epoch is void, but who made it is still to go.
              alsoGone.addAll(stillLeaving());
            }
          }
          return reply;
        });
  }

  private List<Did> stillLeaving() {
    return delivery.leaving().orThrow().stream()
        .filter(did -> !did.equals(self) && group.members().contains(did))
        .toList();
  }

  /** Something that is refused when another was first. */
  private interface Attempt {
    Reply<JsonObject> make();
  }

  private Reply<JsonObject> insisting(Attempt attempt) {
    for (int tried = 1; ; tried++) {
      Reply<Boolean> synced = sync();
      if (synced instanceof Reply.Refused<Boolean> refused) {
        return new Reply.Refused<>(refused.refusal());
      }
      if (!group.isMember()) {
        throw new TalosException(ErrorCode.A2A_MEMBER_NOT_ALLOWED, "no member any more");
      }
      Reply<JsonObject> reply = attempt.make();
      boolean late =
          reply instanceof Reply.Refused<JsonObject> refused
              && (refused.refusal().is(ErrorCode.A2A_GROUP_EPOCH_CONFLICT)
                  || refused.refusal().is(ErrorCode.A2A_GROUP_LEAVE_PENDING));
      if (!late || tried == Limits.GROUP_TRIES_MAX) {
        // A commit of this member's own is followed when it comes back in its place.
        return reply.match(granted -> sync().map(done -> granted.value()), refused -> refused);
      }
    }
  }

  private Reply<Boolean> sync() {
    for (int page = 0; page < Limits.GROUP_PAGES_MAX; page++) {
      Reply<GroupEntry.Page> reply = delivery.entries(cursor);
      if (reply instanceof Reply.Refused<GroupEntry.Page> refused) {
        return new Reply.Refused<>(refused.refusal());
      }
      GroupEntry.Page entries = reply.orThrow();
      if (messages.size() + unreadable.size() + entries.entries().size() > Limits.GROUP_NEWS_MAX) {
        throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, "receive what is there first");
      }
      entries.entries().forEach(this::follow);
      cursor = Optional.of(entries.next());
      if (entries.last()) {
        return reply.map(done -> true);
      }
    }
    throw new TalosException(ErrorCode.UPSTREAM_RESPONSE_TOO_LARGE, "entries without end");
  }

  private void follow(GroupEntry entry) {
    if (entry.position() <= position || !group.isMember()) {
      // Delivered again: at least once is the server's promise, exactly once is kept here.
      return;
    }
    if (entry.position() != position + 1 || entry.sentAt().isBefore(sentAt)) {
      throw new TalosException(
          ErrorCode.A2A_GROUP_MESSAGE_INVALID, "the server withholds or reorders entries");
    }
    switch (entry.kind()) {
      case COMMIT -> followCommit(entry);
      case PROPOSAL -> tolerating(entry, () -> group.noteLeave(entry.content()));
      case MESSAGE -> read(entry);
      case WELCOME ->
          throw new TalosException(ErrorCode.A2A_GROUP_STATE_LOST, "added anew meanwhile");
    }
    position = entry.position();
    sentAt = entry.sentAt();
  }

  private void followCommit(GroupEntry entry) {
    if (entry.sender().equals(self) && !entry.external() && !group.isOwn(entry.content())) {
      throw new TalosException(
          ErrorCode.A2A_GROUP_STATE_LOST, "this agent committed from elsewhere");
    }
    changes.add(group.follow(entry.content(), entry.declared()));
    if (changes.size() > Limits.GROUP_NEWS_MAX) {
      changes.remove(0);
    }
  }

  private void read(GroupEntry entry) {
    if (sent.remove(entry.content())) {
      return;
    }
    tolerating(
        entry,
        () -> {
          Plaintext plaintext = group.unprotect(entry.content());
          messages.add(
              new GroupNews.Message(
                  entry.position(), plaintext.sender(), entry.sentAt(), plaintext.content()));
        });
  }

  /** Any member may send rubbish, which must not keep the others from reading on. */
  private void tolerating(GroupEntry entry, Runnable reading) {
    try {
      reading.run();
    } catch (TalosException e) {
      if (e.code() != ErrorCode.A2A_GROUP_MESSAGE_INVALID) {
        throw e;
      }
      unreadable.add(new GroupNews.Unreadable(entry.position(), entry.sender()));
    }
  }
}
