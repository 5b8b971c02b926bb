package io.talos.audit;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.nio.file.Path;
import java.time.Instant;

/** A sequencer whose database can be taken away. */
public final class UnreliableSequencer extends SequenceEvents {
  public boolean away;
  public int compared;

  public UnreliableSequencer() {
    this(new AuditStage(Path.of("target", "unreliable")));
  }

  private UnreliableSequencer(AuditStage stage) {
    super(
        new AppendBatch(stage.rows, stage.keys, stage.guard, stage.history, stage.settings),
        stage.guard,
        stage.file,
        stage.history,
        stage.reopenLog(),
        new PublishCheckpoint(stage.rows, stage.guard, stage.settings),
        stage.settings);
  }

  @Override
  public void run(Instant now) {
    requireDatabase();
    super.run(now);
  }

  @Override
  public void compare(Instant now) {
    requireDatabase();
    compared++;
    super.compare(now);
  }

  private void requireDatabase() {
    if (away) {
      throw new TalosException(ErrorCode.DATABASE_UNAVAILABLE, "gone");
    }
  }
}
