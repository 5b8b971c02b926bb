package bad.talos.identity.store;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A row that is named like the thing itself. */
@Entity
class Badge {
  @Id String id = "";
}
