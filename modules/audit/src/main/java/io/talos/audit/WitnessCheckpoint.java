package io.talos.audit;

import io.talos.audit.anchors.AnchorSettings;
import io.talos.audit.ops.AuditLog;
import io.talos.audit.witness.Cosigning;
import io.talos.audit.witness.WitnessKeys;
import io.talos.audit.witness.WitnessRows;
import io.talos.audit.witness.Witnessing;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.event.CheckpointContradicted;
import io.talos.contracts.log.AddCheckpoint;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.WitnessKey;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;

/**
 * Cosigns a checkpoint of another log when it continues the last one that was cosigned.
 *
 * <p>Of two histories of one log at most one is ever cosigned, whoever asks at once and on whatever
 * node: requests of one log wait for each other, what is cosigned is durable before the cosignature
 * leaves, and the database takes one root for each size. A log that shows two roots for a size is
 * evidence of a fork and audited as {@code checkpoint.contradicted}.
 *
 * <p>Source: C2SP tlog-witness, "add-checkpoint".
 *
 * <p>Refuses with: {@link ErrorCode#WITNESS_REQUEST_INVALID}, {@link
 * ErrorCode#WITNESS_LOG_UNKNOWN}, {@link ErrorCode#WITNESS_SIGNATURE_UNKNOWN}, {@link
 * ErrorCode#WITNESS_CONFLICT}, {@link ErrorCode#WITNESS_PROOF_INVALID}.
 */
@Dependent
public class WitnessCheckpoint {
  private final WitnessRows rows;
  private final WitnessKeys keys;
  private final AnchorSettings settings;
  private final Event<CheckpointContradicted> contradicted;

  @Inject
  WitnessCheckpoint(
      WitnessRows rows,
      WitnessKeys keys,
      AnchorSettings settings,
      Event<CheckpointContradicted> contradicted) {
    this.rows = rows;
    this.keys = keys;
    this.settings = settings;
    this.contradicted = contradicted;
  }

  /** The key that others verify cosignatures with. */
  @Transactional
  public WitnessKey key() {
    return keys.signer().verifier();
  }

  /** Cosigns, or says why not. */
  @Transactional
  public Cosigning cosign(AddCheckpoint request, Instant now) {
    Checkpoint checkpoint;
    try {
      checkpoint = new Witnessing(settings.witnessed()).open(request);
    } catch (TalosException e) {
      return new Cosigning.Refused(e.code());
    }
    rows.lock(checkpoint.origin());
    Checkpoint known =
        rows.newest(checkpoint.origin()).orElseGet(() -> Witnessing.nothing(checkpoint.origin()));
    return switch (Witnessing.judge(request, checkpoint, known)) {
      case ELSEWHERE -> new Cosigning.Conflict(known.size());
      case CONTRADICTS -> contradiction(request, checkpoint, known, now);
      case UNPROVED -> new Cosigning.Refused(ErrorCode.WITNESS_PROOF_INVALID);
      case CONTINUES -> cosigned(request, checkpoint, known, now);
    };
  }

  private Cosigning cosigned(
      AddCheckpoint request, Checkpoint checkpoint, Checkpoint known, Instant now) {
    if (checkpoint.size() > known.size()) {
      rows.add(checkpoint, request.checkpoint(), now);
    }
    return new Cosigning.Cosigned(keys.signer().cosign(request.checkpoint().text(), now));
  }

  /** Once for each root, so that nobody can make us write by showing it again. */
  private Cosigning contradiction(
      AddCheckpoint request, Checkpoint checkpoint, Checkpoint known, Instant now) {
    if (rows.addContradiction(checkpoint, request.checkpoint(), now)) {
      AuditLog.contradicted(checkpoint.origin(), checkpoint.size());
      contradicted.fire(
          new CheckpointContradicted(
              checkpoint.origin(), checkpoint.size(), known.root(), checkpoint.root()));
    }
    return new Cosigning.Conflict(known.size());
  }
}
