package bad.talos.identity.store;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;

/** A row with a time that JPA 3.1 cannot map. */
@Entity
class InstantRow {
  @Id String id = "";
  Instant at = Instant.EPOCH;
}
