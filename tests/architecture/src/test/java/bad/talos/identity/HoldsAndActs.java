package bad.talos.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Remembers between transactions what a rollback does not take back. */
@ApplicationScoped
class HoldsAndActs {
  private volatile String held;

  @Inject
  HoldsAndActs(String held) {
    this.held = held;
  }

  @Transactional
  String swap(String next) {
    String before = held;
    held = next;
    return before;
  }
}
