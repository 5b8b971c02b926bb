package bad.talos.identity;

import jakarta.enterprise.event.ObservesAsync;

/** A listener that may be lost in silence. */
class OnRevokedAsync {
  void on(@ObservesAsync String id) {}
}
