package io.talos.audit;

import io.talos.audit.anchors.AnchorRows;
import io.talos.audit.anchors.Task;
import io.talos.audit.store.WitnessStore;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.LogRows;
import io.talos.audit.witness.WitnessMemory;
import io.talos.contracts.Bytes;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.TileHashes;
import io.talos.contracts.log.WitnessKey;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;

/** Tells the witness lane what the log has, and keeps what witnesses said. */
@Dependent
public class RememberWitnesses implements WitnessMemory {
  private final LogRows logs;
  private final AnchorRows anchors;
  private final WitnessStore witnesses;

  @Inject
  RememberWitnesses(LogRows logs, AnchorRows anchors, WitnessStore witnesses) {
    this.logs = logs;
    this.anchors = anchors;
    this.witnesses = witnesses;
  }

  @Override
  @Transactional
  public List<Bytes> growth(long logId, long from, long to) {
    LogName log = logs.byId(logId).orElseThrow();
    return MerkleTree.consistency(from, to, new TileHashes(logs.tiles(log)));
  }

  @Override
  @Transactional
  public long known(WitnessKey witness, long logId) {
    return witnesses.known(witness.vkey(), logId);
  }

  @Override
  @Transactional
  public void learned(WitnessKey witness, long logId, long size) {
    witnesses.learned(witness.vkey(), logId, size);
  }

  @Override
  @Transactional
  public List<String> cosigned(Task task) {
    return anchors.names(task.logId(), task.size(), task.kind());
  }
}
