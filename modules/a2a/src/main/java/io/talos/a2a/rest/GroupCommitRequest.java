package io.talos.a2a.rest;

import io.talos.a2a.groups.Commit;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The body that moves a group to its next epoch; schema {@code a2a/group_commit_request.v1}. */
public record GroupCommitRequest(
    long epoch,
    String commit,
    @Nullable String welcome,
    @JsonbProperty("group_info") String groupInfo,
    List<String> added,
    List<String> removed,
    boolean external) {
  /** Copies. */
  public GroupCommitRequest {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
  }

  /**
   * What the committer brings.
   *
   * @throws TalosException {@link ErrorCode#TALOS_INVALID_INPUT} when a part is out of its bounds
   */
  Commit read() {
    try {
      return new Commit(
          epoch,
          Base64Url.decode(commit),
          Optional.ofNullable(welcome).map(Base64Url::decode),
          Base64Url.decode(groupInfo),
          new Commit.Declared(added, removed, external));
    } catch (IllegalArgumentException e) {
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, "not a commit", e);
    }
  }
}
