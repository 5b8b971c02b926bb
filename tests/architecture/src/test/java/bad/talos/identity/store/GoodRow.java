package bad.talos.identity.store;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.OffsetDateTime;

/** A row as it should be. */
@Entity
class GoodRow {
  @Id String id = "";
  OffsetDateTime at = OffsetDateTime.MIN;
}
