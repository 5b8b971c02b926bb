package bad.talos.identity.store;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A row that everybody can name. */
@Entity
public class PublicRow {
  @Id String id = "";
}
