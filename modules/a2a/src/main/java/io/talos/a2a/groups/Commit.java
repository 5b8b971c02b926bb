package io.talos.a2a.groups;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a committer brings. Its bytes are opaque here, so what it adds and removes is what the
 * committer says; the members compare that with what MLS tells them.
 *
 * @param epoch in which it was made
 * @param content the MLS message
 * @param welcome for those whom it adds
 * @param groupInfo of the epoch that it begins
 * @param declared whom it adds and removes
 */
public record Commit(
    long epoch, Bytes content, Optional<Bytes> welcome, Bytes groupInfo, Declared declared) {

  /**
   * What the committer says that the commit does.
   *
   * @param added DIDs of the new members
   * @param removed DIDs of the members that are none any more
   * @param external whether the committer joins by it
   */
  public record Declared(List<String> added, List<String> removed, boolean external) {
    /** Copies. */
    public Declared {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
      Check.atMost(added.size(), Limits.ADDED_MAX, "the number of added members");
      Check.atMost(removed.size(), Limits.MEMBERS_MAX, "the number of removed members");
      Check.that(new HashSet<>(added).size() == added.size(), "nobody is added twice");
      Check.that(new HashSet<>(removed).size() == removed.size(), "nobody is removed twice");
    }
  }

  /** Bytes within their bounds. */
  public Commit {
    Check.that(epoch >= 0, "an epoch is not negative");
    bounded(content, Limits.COMMIT_BYTES_MAX);
    bounded(groupInfo, Limits.GROUP_INFO_BYTES_MAX);
    welcome.ifPresent(bytes -> bounded(bytes, Limits.WELCOME_BYTES_MAX));
  }

  private static void bounded(Bytes bytes, int most) {
    Check.that(!bytes.isEmpty(), "a part of a commit is not empty");
    Check.atMost(bytes.size(), most, "the size of a part of a commit");
  }

  /**
   * Whether its parts fit each other when {@code actor} commits it: a welcome comes exactly when it
   * adds others; nobody adds or removes itself but by joining from outside, and then nobody else.
   */
  public boolean isCoherentFrom(String actor) {
    if (declared.external()) {
      return welcome.isEmpty()
          && declared.added().equals(List.of(actor))
          && (declared.removed().isEmpty() || declared.removed().equals(List.of(actor)));
    }
    Set<String> touched = new HashSet<>(declared.added());
    touched.addAll(declared.removed());
    return welcome.isPresent() == !declared.added().isEmpty()
        && touched.size() == declared.added().size() + declared.removed().size()
        && !touched.contains(actor);
  }

  /** What the history of {@code before} says of it: the epoch, and who came and went. */
  public List<GroupEvent.Said> saidOf(Group before, Group after) {
    List<GroupEvent.Said> said = new ArrayList<>();
    said.add(
        GroupEvent.Said.of(
            GroupEvent.Type.EPOCH_COMMITTED,
            Json.createObjectBuilder()
                .add("epoch", after.epoch())
                .add("position", after.position())
                .add("content_hash", Sha256.hex(content))
                .add("external", declared.external())
                .build()));
    JsonObject epoch = Json.createObjectBuilder().add("epoch", after.epoch()).build();
    for (String agent : declared.removed()) {
      said.add(GroupEvent.Said.about(agent, GroupEvent.Type.MEMBER_REMOVED, epoch));
    }
    for (String agent : declared.added()) {
      said.add(GroupEvent.Said.about(agent, GroupEvent.Type.MEMBER_ADDED, epoch));
    }
    if (!after.owner().equals(before.owner())) {
      said.add(GroupEvent.Said.about(after.owner(), GroupEvent.Type.OWNER_CHANGED, epoch));
    }
    return said;
  }
}
