package io.talos.audit;

import io.talos.audit.anchors.AnchorRows;
import io.talos.audit.anchors.AnchorSettings;
import io.talos.audit.anchors.Epoch;
import io.talos.audit.anchors.Evidence;
import io.talos.audit.blocks.BlockKey;
import io.talos.audit.blocks.BlockRows;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.LogRows;
import io.talos.audit.tree.Published;
import io.talos.contracts.Check;
import io.talos.contracts.log.anchor.Anchor;
import io.talos.contracts.log.anchor.AnchorKind;
import io.talos.contracts.log.block.Block;
import io.talos.contracts.log.block.BlockValidation;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes the newest checkpoint to be anchored, once in each epoch and on one node: every lane that
 * is set up owes it evidence from now on, and a block is produced over it, all in one transaction.
 *
 * <p>When nothing was logged since the last epoch nothing is taken. At exactly the end of an epoch
 * the next one begins.
 */
@Dependent
public class OpenEpoch {
  private final AnchorRows anchors;
  private final BlockRows blocks;
  private final LogRows logs;
  private final BlockKey key;
  private final AnchorSettings settings;

  @Inject
  OpenEpoch(
      AnchorRows anchors, BlockRows blocks, LogRows logs, BlockKey key, AnchorSettings settings) {
    this.anchors = anchors;
    this.blocks = blocks;
    this.logs = logs;
    this.key = key;
    this.settings = settings;
  }

  /** Whether an epoch was opened. */
  @Transactional
  public boolean open(Instant now) {
    List<AnchorKind> lanes = lanes();
    if ((lanes.isEmpty() && !settings.blocks()) || !isDue(now) || !anchors.tryLock()) {
      return false;
    }
    Optional<Epoch> newest = anchors.newest();
    Optional<LogName> log = logs.current();
    if (!isDue(now) || log.isEmpty()) {
      return false; // another node was faster
    }
    Optional<Published> published = logs.published(log.get()).filter(log.get()::signed);
    long id = log.get().id();
    boolean fresh =
        published
            .filter(p -> p.checkpoint().size() > 0)
            .filter(p -> newest.filter(e -> covers(e, id, p.checkpoint().size())).isEmpty())
            .isPresent();
    if (!fresh) {
      return false;
    }
    anchors.open(new Epoch(id, published.get().checkpoint().size(), now, lanes));
    if (settings.blocks()) {
      produce(id, published.get(), now);
    }
    return true;
  }

  private static boolean covers(Epoch epoch, long logId, long size) {
    return epoch.logId() == logId && epoch.size() >= size;
  }

  private boolean isDue(Instant now) {
    return anchors
        .newest()
        .map(epoch -> !epoch.openedAt().plus(settings.epoch()).isAfter(now))
        .orElse(true);
  }

  private List<AnchorKind> lanes() {
    List<AnchorKind> lanes = new ArrayList<>();
    if (!settings.witnesses().isEmpty()) {
      lanes.add(AnchorKind.WITNESS);
    }
    settings.tsa().ifPresent(tsa -> lanes.add(AnchorKind.RFC3161));
    settings.evm().ifPresent(evm -> lanes.add(AnchorKind.EVM));
    return lanes;
  }

  private void produce(long logId, Published published, Instant now) {
    Optional<Block> parent = blocks.newest();
    Instant earliest = parent.map(p -> p.time().plusMillis(1)).orElse(now);
    Block block =
        Block.produce(
            parent.map(p -> p.height() + 1).orElse(0L),
            parent.map(Block::hash).orElse(Block.NO_BLOCK),
            published.checkpoint(),
            now.isBefore(earliest) ? earliest : now,
            key.keys(),
            settings.workBits());
    Check.that(
        BlockValidation.open(block.bytes()).equals(block), "a block that was just made is valid");
    blocks.add(block, logId, now);
    anchors.record(
        logId,
        published.checkpoint().size(),
        new Evidence(Long.toString(block.height()), Anchor.block(block, now)),
        now);
  }
}
