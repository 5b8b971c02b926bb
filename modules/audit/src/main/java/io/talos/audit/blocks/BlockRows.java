package io.talos.audit.blocks;

import io.talos.contracts.log.block.Block;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Where blocks are kept. They are added, never changed. */
public interface BlockRows {
  /** The highest block. */
  Optional<Block> newest();

  /** The block of this height. */
  Optional<Block> find(long height);

  /** Blocks below a height, the highest first. */
  List<Block> list(OptionalLong below, int most);

  /** Adds the next block. */
  void add(Block block, long logId, Instant now);
}
