package bad.talos.identity;

import jakarta.enterprise.inject.spi.CDI;

/** Takes what it was not given. */
class LooksUp {
  String name() {
    return CDI.current().select(String.class).get();
  }
}
