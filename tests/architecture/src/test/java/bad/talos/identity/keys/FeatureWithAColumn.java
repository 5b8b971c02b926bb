package bad.talos.identity.keys;

import jakarta.persistence.Column;

/** A feature that knows a table. */
final class FeatureWithAColumn {
  @Column String name = "";
}
