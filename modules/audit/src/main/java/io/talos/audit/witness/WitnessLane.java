package io.talos.audit.witness;

import io.talos.audit.anchors.Evidence;
import io.talos.audit.anchors.Lane;
import io.talos.audit.anchors.Progress;
import io.talos.audit.anchors.Task;
import io.talos.audit.anchors.Web;
import io.talos.audit.anchors.WitnessPeer;
import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.AddCheckpoint;
import io.talos.contracts.log.Limits;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.anchor.Anchor;
import io.talos.contracts.log.anchor.AnchorKind;
import io.talos.runtime.http.GuardedHttp;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks witnesses for cosignatures until enough have given theirs.
 *
 * <p>Checkpoints come in order, so each of them is cosigned even after an outage. A witness that is
 * further already cannot go back: its later cosignature covers the earlier checkpoint, and nothing
 * more is owed.
 *
 * <p>Source: C2SP tlog-witness, "add-checkpoint".
 *
 * <p>Refuses with: {@link ErrorCode#WITNESS_CONFLICT} when a witness saw another history, {@link
 * ErrorCode#ANCHOR_ANSWER_INVALID}, what the witness refuses with, and what {@link Web} refuses
 * with.
 */
public final class WitnessLane implements Lane {
  private static final int OK = 200;
  private static final int CONFLICT = 409;
  private static final int SERVER_ERROR = 500;
  private static final int LINES_BYTES_MAX = 8192;

  private final List<WitnessPeer> witnesses;
  private final int quorum;
  private final Web web;
  private final WitnessMemory memory;

  /** A lane that is done when {@code quorum} of {@code witnesses} cosigned. */
  public WitnessLane(List<WitnessPeer> witnesses, int quorum, Web web, WitnessMemory memory) {
    this.witnesses = List.copyOf(witnesses);
    this.quorum = quorum;
    this.web = web;
    this.memory = memory;
  }

  @Override
  public AnchorKind kind() {
    return AnchorKind.WITNESS;
  }

  @Override
  public Progress advance(Task task, Instant now) {
    List<String> there = memory.cosigned(task);
    List<Evidence> fresh = new ArrayList<>();
    Optional<ErrorCode> failed = Optional.empty();
    int possible = witnesses.size();
    for (WitnessPeer witness : witnesses) {
      if (there.contains(witness.key().name())) {
        continue;
      }
      try {
        Optional<SignedNote.Line> line = ask(witness, task);
        if (line.isPresent()) {
          fresh.add(
              new Evidence(witness.key().name(), Anchor.witness(witness.key(), line.get(), now)));
        } else {
          possible--;
        }
      } catch (TalosException e) {
        failed = Optional.of(e.code());
      }
    }
    boolean enough = there.size() + fresh.size() >= quorum || possible < quorum;
    return enough
        ? Progress.done(fresh)
        : Progress.failed(fresh, failed.orElse(ErrorCode.ANCHOR_ANSWER_INVALID));
  }

  /** The witness's line; empty when it is further already. */
  private Optional<SignedNote.Line> ask(WitnessPeer witness, Task task) {
    long known = memory.known(witness.key(), task.logId());
    // What we believe may be wrong once; then the witness has said it itself.
    for (int question = 0; question < 2 && known <= task.size(); question++) {
      GuardedHttp.Answer answer = send(witness, task, known);
      if (answer.status() == OK) {
        SignedNote.Line line = line(witness, task, answer.body());
        memory.learned(witness.key(), task.logId(), task.size());
        return Optional.of(line);
      }
      long said = sizeIn(answer).orElseThrow(() -> refused(answer.status()));
      if (said == known) {
        throw new TalosException(ErrorCode.WITNESS_CONFLICT, "a witness saw another history");
      }
      known = said;
      memory.learned(witness.key(), task.logId(), known);
    }
    if (known <= task.size()) {
      throw new TalosException(
          ErrorCode.ANCHOR_ANSWER_INVALID, "a witness keeps changing its size");
    }
    return Optional.empty();
  }

  private GuardedHttp.Answer send(WitnessPeer witness, Task task, long known) {
    List<Bytes> proof =
        known == 0 || known == task.size()
            ? List.of()
            : memory.growth(task.logId(), known, task.size());
    return web.send(
        new GuardedHttp.Ask(
            "POST",
            URI.create(witness.prefix() + "/" + AddCheckpoint.PATH),
            Map.of("Content-Type", "text/plain; charset=utf-8"),
            Bytes.utf8(new AddCheckpoint(known, proof, task.note()).encoded())));
  }

  private static Optional<Long> sizeIn(GuardedHttp.Answer answer) {
    boolean size =
        answer.status() == CONFLICT
            && answer.body().size() <= Limits.KEY_NAME_CHARACTERS_MAX
            && answer.field("content-type").orElse("").startsWith(AddCheckpoint.SIZE_TYPE);
    return size
        ? Optional.of(AddCheckpoint.size(answer.body().utf8().stripTrailing()))
        : Optional.empty();
  }

  private static SignedNote.Line line(WitnessPeer witness, Task task, Bytes body) {
    if (body.size() > LINES_BYTES_MAX) {
      throw new TalosException(ErrorCode.ANCHOR_ANSWER_INVALID, "too many cosignatures");
    }
    for (String text : body.utf8().split("\n", -1)) {
      Optional<SignedNote.Line> line = parsed(text);
      if (line.isPresent()
          && witness.key().cosigned(task.note().text(), List.of(line.get())).isPresent()) {
        return line.get();
      }
    }
    throw new TalosException(
        ErrorCode.ANCHOR_ANSWER_INVALID, "no cosignature of the witness's key");
  }

  /** Lines of other keys are passed over, whatever they hold. */
  private static Optional<SignedNote.Line> parsed(String text) {
    try {
      return Optional.of(SignedNote.Line.parse(text));
    } catch (TalosException e) {
      return Optional.empty();
    }
  }

  private static TalosException refused(int status) {
    ErrorCode code =
        switch (status) {
          case 403 -> ErrorCode.WITNESS_SIGNATURE_UNKNOWN;
          case 404 -> ErrorCode.WITNESS_LOG_UNKNOWN;
          case CONFLICT -> ErrorCode.WITNESS_CONFLICT;
          case 422 -> ErrorCode.WITNESS_PROOF_INVALID;
          default -> status >= SERVER_ERROR ? ErrorCode.UPSTREAM_5XX : ErrorCode.UPSTREAM_4XX;
        };
    return new TalosException(code, "a witness answers " + status);
  }
}
