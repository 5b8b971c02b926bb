package io.talos.audit;

import io.talos.audit.anchors.Task;
import io.talos.audit.evm.Attempt;
import io.talos.audit.evm.EvmJournal;
import io.talos.audit.store.EvmStore;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;

/** Writes the chain lane's transactions down, each before it is sent. */
@Dependent
public class KeepAttempts implements EvmJournal {
  private final EvmStore attempts;

  @Inject
  KeepAttempts(EvmStore attempts) {
    this.attempts = attempts;
  }

  @Override
  @Transactional
  public List<Attempt> attempts(Task task) {
    return attempts.of(task.logId(), task.size());
  }

  @Override
  @Transactional
  public List<Long> openNonces() {
    return attempts.openNonces();
  }

  @Override
  @Transactional
  public void add(Task task, Attempt attempt) {
    attempts.add(task.logId(), task.size(), attempt);
  }
}
