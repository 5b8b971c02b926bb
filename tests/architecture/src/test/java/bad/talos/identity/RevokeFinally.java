package bad.talos.identity;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** An operation that no interceptor can enter. */
@Dependent
final class RevokeFinally {
  private final String name;

  @Inject
  RevokeFinally(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }
}
