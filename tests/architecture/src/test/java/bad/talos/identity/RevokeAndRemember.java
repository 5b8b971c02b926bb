package bad.talos.identity;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** An operation that remembers its last caller. */
@Dependent
class RevokeAndRemember {
  private volatile String held;

  @Inject
  RevokeAndRemember(String held) {
    this.held = held;
  }

  String swap(String next) {
    String before = held;
    held = next;
    return before;
  }
}
