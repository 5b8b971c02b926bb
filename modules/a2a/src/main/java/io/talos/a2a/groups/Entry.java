package io.talos.a2a.groups;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.id.UuidV7;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that was sent to a group. Opaque: only members can read what it holds.
 *
 * @param groupId to which group
 * @param position its place in the group's order, from 1 and without gaps
 * @param kind what it is
 * @param senderId who sent it
 * @param epoch in which it was made
 * @param content the MLS message
 * @param welcome with a commit: what those whom it adds get in its place
 * @param declared with a commit: whom it adds and removes
 * @param sentAt when the server took it
 */
public record Entry(
    UuidV7 groupId,
    long position,
    Kind kind,
    String senderId,
    long epoch,
    Bytes content,
    Optional<Bytes> welcome,
    Optional<Commit.Declared> declared,
    Instant sentAt) {

  /** What an entry is. */
  public enum Kind {
    /** Began an epoch. */
    COMMIT,
    /** Asked to leave. */
    PROPOSAL,
    /** Took those who read it in; stands in the place of the commit that added them. */
    WELCOME,
    /** A message of a member. */
    MESSAGE;

    /** The name on the wire and in the database. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of that name. */
    public static Kind of(String wire) {
      return valueOf(wire.toUpperCase(Locale.ROOT));
    }
  }

  /** Commits, and what stands in their place, say what they do. */
  public Entry {
    Check.that(position > 0 && epoch >= 0, "an entry has a place");
    boolean commits = kind == Kind.COMMIT || kind == Kind.WELCOME;
    Check.that(commits == declared.isPresent(), "commits alone declare something");
    Check.that(welcome.isEmpty() || kind == Kind.COMMIT, "a commit alone has a welcome");
  }

  /** An entry that is no commit. */
  public static Entry plain(Group after, Kind kind, String sender, Bytes content, Instant sentAt) {
    return new Entry(
        after.id(),
        after.position(),
        kind,
        sender,
        after.epoch(),
        content,
        Optional.empty(),
        Optional.empty(),
        sentAt);
  }

  /** How much of a group's bound it takes. */
  public int bytes() {
    return content.size() + welcome.map(Bytes::size).orElse(0);
  }

  /** The entry as {@code reader} sees it: a commit that made it a member is its welcome. */
  public Entry shownTo(String reader, List<Stay> stays) {
    boolean joined = stays.stream().anyMatch(stay -> stay.from() == position);
    if (welcome.isEmpty() || !joined || senderId.equals(reader)) {
      return new Entry(
          groupId, position, kind, senderId, epoch, content, Optional.empty(), declared, sentAt);
    }
    return new Entry(
        groupId,
        position,
        Kind.WELCOME,
        senderId,
        epoch + 1,
        welcome.get(),
        Optional.empty(),
        declared,
        sentAt);
  }
}
