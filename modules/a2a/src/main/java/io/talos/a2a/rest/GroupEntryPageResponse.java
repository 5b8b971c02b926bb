package io.talos.a2a.rest;

import io.talos.a2a.FetchGroupEntries;
import io.talos.a2a.groups.Commit;
import io.talos.a2a.groups.Entry;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.time.WireTime;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some entries of a group in the server's order; schema {@code a2a/group_entry_page.v1}.
 *
 * @param nextCursor to go on from, also when nothing more is there yet
 */
public record GroupEntryPageResponse(
    List<Item> items, @JsonbProperty("next_cursor") String nextCursor) {

  /** An entry as the reader sees it; what a commit declares is there for commits and welcomes. */
  public record Item(
      long position,
      String kind,
      @JsonbProperty("sender_id") String senderId,
      long epoch,
      String content,
      @Nullable List<String> added,
      @Nullable List<String> removed,
      @Nullable Boolean external,
      @JsonbProperty("sent_at") String sentAt) {
    static Item of(Entry entry) {
      return new Item(
          entry.position(),
          entry.kind().wire(),
          entry.senderId(),
          entry.epoch(),
          Base64Url.encode(entry.content()),
          entry.declared().map(Commit.Declared::added).orElse(null),
          entry.declared().map(Commit.Declared::removed).orElse(null),
          entry.declared().map(Commit.Declared::external).orElse(null),
          WireTime.format(entry.sentAt()));
    }
  }

  static GroupEntryPageResponse of(FetchGroupEntries.Page page) {
    return new GroupEntryPageResponse(
        page.entries().stream().map(Item::of).toList(), page.nextCursor());
  }
}
