package io.talos.a2a;

import io.talos.a2a.ops.A2aSettings;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.function.Supplier;

/**
 * Where those who want to change a group stand before they begin: a few at a time get on, so that a
 * busy group does not take every connection of the node. Whoever may not know of the group is
 * turned away before, so that nobody learns of a group by its queue.
 *
 * <p>Refuses with: {@link ErrorCode#A2A_GROUP_NOT_FOUND}, {@link ErrorCode#A2A_LOCK_CONTENTION}.
 */
@Dependent
public class GroupQueue {
  private final KnowGroup knowGroup;
  private final WriterGate gate;
  private final A2aSettings settings;

  @Inject
  GroupQueue(KnowGroup knowGroup, WriterGate gate, A2aSettings settings) {
    this.knowGroup = knowGroup;
    this.gate = gate;
    this.settings = settings;
  }

  /** Does {@code change}, a transaction of its own, when it is {@code actor}'s turn. */
  public <T> Outcome<T> inTurn(UuidV7 id, String actor, Supplier<Outcome<T>> change) {
    // Two transactions: no connection is held at the gate.
    return knowGroup
        .ask(id, actor)
        .then(
            known ->
                gate.within("group " + id.text(), settings.lockWait(), change)
                    .orElseGet(() -> Outcome.refused(ErrorCode.A2A_LOCK_CONTENTION)));
  }
}
