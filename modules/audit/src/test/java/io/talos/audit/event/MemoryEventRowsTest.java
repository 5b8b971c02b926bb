package io.talos.audit.event;

import io.talos.audit.tree.MemoryLogRows;
import java.util.function.Supplier;

/** The memory that the other tests use keeps events as the database does. */
class MemoryEventRowsTest implements EventRowsContract {
  private final MemoryEventRows rows = new MemoryEventRows();

  @Override
  public EventRows rows() {
    return rows;
  }

  @Override
  public EventSearch search() {
    return new MemoryEventSearch(rows, new MemoryLogRows(rows));
  }

  @Override
  public <T> T inTransaction(Supplier<T> work) {
    return work.get();
  }
}
