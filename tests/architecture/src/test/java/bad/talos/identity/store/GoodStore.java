package bad.talos.identity.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store as it should be. */
@ApplicationScoped
public class GoodStore {
  @PersistenceContext(unitName = "identity")
  @Nullable EntityManager entities;

  public Optional<String> name(String id) {
    return row(id).map(row -> row.id);
  }

  Optional<GoodRow> row(String id) {
    return entities == null
        ? Optional.empty()
        : Optional.ofNullable(entities.find(GoodRow.class, id));
  }
}
