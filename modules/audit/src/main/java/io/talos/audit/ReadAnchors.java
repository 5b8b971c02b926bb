package io.talos.audit;

import io.talos.audit.anchors.AnchorRows;
import io.talos.audit.anchors.Epoch;
import io.talos.audit.blocks.BlockRows;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.LogRows;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.log.anchor.Anchor;
import io.talos.contracts.log.block.Block;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds what anchors the log's checkpoints.
 *
 * <p>Refuses with: {@link ErrorCode#ANCHOR_NOT_FOUND}, {@link ErrorCode#BLOCK_NOT_FOUND}.
 */
@Dependent
public class ReadAnchors {
  private final AnchorRows anchors;
  private final BlockRows blocks;
  private final LogRows logs;

  @Inject
  ReadAnchors(AnchorRows anchors, BlockRows blocks, LogRows logs) {
    this.anchors = anchors;
    this.blocks = blocks;
    this.logs = logs;
  }

  /** A checkpoint and its evidence. */
  public record Anchored(String origin, Epoch epoch, String note, List<Anchor> anchors) {
    /** Copies. */
    public Anchored {
      anchors = List.copyOf(anchors);
    }
  }

  /** Epochs of a log, the largest first; of the current log when no origin is given. */
  @Transactional
  public List<Epoch> epochs(Optional<String> origin, OptionalLong below, int most) {
    return log(origin).map(log -> anchors.epochs(log.id(), below, most)).orElse(List.of());
  }

  /** One checkpoint with its evidence. */
  @Transactional
  public Reading<Anchored> anchored(Optional<String> origin, long size) {
    return log(origin)
        .flatMap(
            log ->
                anchors
                    .epoch(log.id(), size)
                    .map(
                        epoch ->
                            new Anchored(
                                log.origin(),
                                epoch,
                                anchors.note(log.id(), size),
                                anchors.anchors(log.id(), size))))
        .<Reading<Anchored>>map(Reading.Found::new)
        .orElseGet(() -> new Reading.Refused<>(ErrorCode.ANCHOR_NOT_FOUND));
  }

  /** Blocks, the highest first. */
  @Transactional
  public List<Block> blocks(OptionalLong below, int most) {
    return blocks.list(below, most);
  }

  /** One block. */
  @Transactional
  public Reading<Block> block(long height) {
    return blocks
        .find(height)
        .<Reading<Block>>map(Reading.Found::new)
        .orElseGet(() -> new Reading.Refused<>(ErrorCode.BLOCK_NOT_FOUND));
  }

  private Optional<LogName> log(Optional<String> origin) {
    return origin.isPresent() ? logs.byOrigin(origin.get()) : logs.current();
  }
}
