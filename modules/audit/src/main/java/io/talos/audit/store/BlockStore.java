package io.talos.audit.store;

import io.talos.audit.blocks.BlockRows;
import io.talos.contracts.Bytes;
import io.talos.contracts.log.block.Block;
import io.talos.contracts.log.block.BlockValidation;
import io.talos.contracts.time.WireTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Keeps blocks in Postgres; what is read is checked again. */
@ApplicationScoped
public class BlockStore implements BlockRows {
  private static final String ADD =
      "insert into audit.block (height, hash, log_id, size, block, created_at)"
          + " values (?1, ?2, ?3, ?4, ?5, cast(?6 as timestamptz))";
  private static final String FIND = "select block from audit.block where height = ?1";
  private static final String BELOW =
      "select block from audit.block where height < ?1 order by height desc limit ?2";

  @PersistenceContext(unitName = "audit")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  @Override
  public Optional<Block> newest() {
    return list(OptionalLong.empty(), 1).stream().findFirst();
  }

  @Override
  public Optional<Block> find(long height) {
    return Columns.first(rows.createNativeQuery(FIND).setParameter(1, height))
        .map(BlockStore::block);
  }

  @Override
  public List<Block> list(OptionalLong below, int most) {
    Query query =
        rows.createNativeQuery(BELOW)
            .setParameter(1, below.orElse(Long.MAX_VALUE))
            .setParameter(2, most);
    List<?> blocks = query.getResultList();
    return blocks.stream().map(BlockStore::block).toList();
  }

  @Override
  public void add(Block block, long logId, Instant now) {
    rows.createNativeQuery(ADD)
        .setParameter(1, block.height())
        .setParameter(2, block.hash().toArray())
        .setParameter(3, logId)
        .setParameter(4, block.checkpoint().size())
        .setParameter(5, block.bytes().utf8())
        .setParameter(6, WireTime.format(now))
        .executeUpdate();
  }

  private static Block block(Object text) {
    return BlockValidation.open(Bytes.utf8((String) text));
  }
}
