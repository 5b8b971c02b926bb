package bad.talos.identity;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** An operation as it should be. */
@Dependent
class RevokeWell {
  private final String name;

  @Inject
  RevokeWell(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }
}
