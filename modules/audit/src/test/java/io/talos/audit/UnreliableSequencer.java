package io.talos.audit;

import io.talos.audit.event.MemoryEventRows;
import io.talos.audit.event.Samples;
import io.talos.audit.tree.CheckpointFile;
import io.talos.audit.tree.LogGuard;
import io.talos.audit.tree.LogKey;
import io.talos.audit.tree.MemoryLogRows;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.nio.file.Path;
import java.time.Instant;

/** A sequencer whose database can be taken away. */
public final class UnreliableSequencer extends SequenceEvents {
  public boolean away;

  public UnreliableSequencer() {
    this(new MemoryLogRows(new MemoryEventRows()), new LogGuard());
  }

  private UnreliableSequencer(MemoryLogRows rows, LogGuard guard) {
    super(
        new AppendBatch(
            rows, new LogKey(() -> Samples.key(7).seed()), guard, new CheckHistory(rows)),
        guard,
        new CheckpointFile(Path.of("unused")));
  }

  @Override
  public void run(Instant now) {
    if (away) {
      throw new TalosException(ErrorCode.DATABASE_UNAVAILABLE, "gone");
    }
    super.run(now);
  }
}
