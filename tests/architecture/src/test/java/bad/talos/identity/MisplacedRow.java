package bad.talos.identity;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A row outside a store. */
@Entity
class MisplacedRow {
  @Id String id = "";
}
