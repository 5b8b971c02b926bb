package io.talos.audit.ops;

import io.talos.audit.recheck.BadRow;
import io.talos.audit.recheck.RecheckState;
import io.talos.contracts.time.WireTime;
import java.util.function.BooleanSupplier;

/**
 * What the console sees of the recheck.
 *
 * @param starter starts one
 */
record LogRecheckView(RecheckState state, BooleanSupplier starter) implements LogRecheckMXBean {
  @Override
  public boolean start() {
    return starter.getAsBoolean();
  }

  @Override
  public void cancel() {
    state.cancel();
  }

  @Override
  public boolean isRunning() {
    return state.isRunning();
  }

  @Override
  public long getEntriesChecked() {
    return state.checked();
  }

  @Override
  public long getEntriesTotal() {
    return state.total();
  }

  @Override
  public String getVerdict() {
    return state
        .last()
        .map(v -> v.match(holds -> "HOLDS", broken -> "BROKEN", cancelled -> "CANCELLED"))
        .orElse("NONE");
  }

  @Override
  public String getFirstBadRow() {
    return state.badRow().map(BadRow::text).orElse("");
  }

  @Override
  public String getFailure() {
    return state.failure().orElse("");
  }

  @Override
  public String getEndedAt() {
    return state.endedAt().map(WireTime::format).orElse("");
  }
}
