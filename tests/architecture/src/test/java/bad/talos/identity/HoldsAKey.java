package bad.talos.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Holds something, and lives as long as it must. */
@ApplicationScoped
class HoldsAKey {
  private volatile String held;

  @Inject
  HoldsAKey(String held) {
    this.held = held;
  }

  String swap(String next) {
    String before = held;
    held = next;
    return before;
  }
}
