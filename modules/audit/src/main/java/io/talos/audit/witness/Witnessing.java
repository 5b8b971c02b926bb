package io.talos.audit.witness;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.AddCheckpoint;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.MerkleProof;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.NoteKey;
import java.util.List;

/**
 * What a witness thinks of a request, by what it cosigned before.
 *
 * <p>Source: C2SP tlog-witness, "add-checkpoint": the checks, in their order.
 */
public final class Witnessing {
  private final List<NoteKey> logs;

  /** A witness of the logs that sign with these keys. */
  public Witnessing(List<NoteKey> logs) {
    this.logs = List.copyOf(logs);
  }

  /** What is thought of it. */
  public enum Judgement {
    /** It continues what is known. */
    CONTINUES,
    /** It starts at another size than the known one. */
    ELSEWHERE,
    /** It says of the known size that it has another root: the log shows two histories. */
    CONTRADICTS,
    /** Its proof does not lead from the known root to this one. */
    UNPROVED
  }

  /**
   * The checkpoint in a request, of a log that is witnessed and signed with its key.
   *
   * @throws TalosException {@link ErrorCode#WITNESS_LOG_UNKNOWN}, {@link
   *     ErrorCode#WITNESS_SIGNATURE_UNKNOWN}, {@link ErrorCode#WITNESS_REQUEST_INVALID}
   */
  public Checkpoint open(AddCheckpoint request) {
    String text = request.checkpoint().text();
    String origin = text.substring(0, text.indexOf('\n'));
    List<NoteKey> keys = logs.stream().filter(key -> key.name().equals(origin)).toList();
    if (keys.isEmpty()) {
      throw new TalosException(ErrorCode.WITNESS_LOG_UNKNOWN, "not a log that is witnessed here");
    }
    if (keys.stream().noneMatch(request.checkpoint()::isSignedBy)) {
      throw new TalosException(ErrorCode.WITNESS_SIGNATURE_UNKNOWN, "no key of the log signed it");
    }
    Checkpoint checkpoint;
    try {
      checkpoint = Checkpoint.parse(text);
    } catch (TalosException e) {
      throw new TalosException(ErrorCode.WITNESS_REQUEST_INVALID, "not a checkpoint", e);
    }
    if (request.oldSize() > checkpoint.size()) {
      throw new TalosException(ErrorCode.WITNESS_REQUEST_INVALID, "the old size is the larger one");
    }
    return checkpoint;
  }

  /** A log of which nothing is known yet is one that was seen empty. */
  public static Checkpoint nothing(String origin) {
    return new Checkpoint(origin, 0, MerkleTree.emptyRoot());
  }

  /** What is thought of {@code checkpoint}, of the same log as {@code known}. */
  public static Judgement judge(AddCheckpoint request, Checkpoint checkpoint, Checkpoint known) {
    if (checkpoint.size() == known.size() && !checkpoint.root().equals(known.root())) {
      return Judgement.CONTRADICTS;
    }
    if (request.oldSize() != known.size()) {
      return Judgement.ELSEWHERE;
    }
    return MerkleProof.continues(
            known.size(), known.root(), checkpoint.size(), checkpoint.root(), request.proof())
        ? Judgement.CONTINUES
        : Judgement.UNPROVED;
  }
}
