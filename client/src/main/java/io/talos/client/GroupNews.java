package io.talos.client;

import io.talos.client.groups.Change;
import io.talos.contracts.Bytes;
import io.talos.contracts.did.Did;
import java.time.Instant;
import java.util.List;

/**
 * What happened in a group since the last time, in the server's order.
 *
 * @param messages what others wrote
 * @param changes which commits were followed, this member's own among them
 * @param unreadable what somebody sent that no member can read; nothing changed by it
 */
public record GroupNews(List<Message> messages, List<Change> changes, List<Unreadable> unreadable) {
  /** Copies. */
  public GroupNews {
    messages = List.copyOf(messages);
    changes = List.copyOf(changes);
    unreadable = List.copyOf(unreadable);
  }

  /**
   * A message.
   *
   * @param sender whose leaf signed it
   * @param sentAt when the server says that it took it
   */
  public record Message(long position, Did sender, Instant sentAt, Bytes content) {}

  /**
   * Something that is no message of the group.
   *
   * @param saidSender who sent it, if the server is to be believed
   */
  public record Unreadable(long position, Did saidSender) {}
}
