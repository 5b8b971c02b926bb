package io.talos.audit.tree;

import io.talos.audit.event.EventRows;
import io.talos.audit.event.MemoryEventRows;
import java.util.function.Supplier;

/** The memory that the other tests use keeps logs as the database does. */
class MemoryLogRowsTest implements LogRowsContract {
  private final MemoryEventRows events = new MemoryEventRows();
  private final MemoryLogRows rows = new MemoryLogRows(events);

  @Override
  public LogRows rows() {
    return rows;
  }

  @Override
  public EventRows events() {
    return events;
  }

  @Override
  public <T> T inTransaction(Supplier<T> work) {
    return work.get();
  }
}
