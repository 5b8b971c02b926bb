package bad.talos.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** An operation that lives as long as the server. */
@ApplicationScoped
class RevokeForAll {
  private final String name;

  @Inject
  RevokeForAll(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }
}
