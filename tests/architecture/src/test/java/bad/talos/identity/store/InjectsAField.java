package bad.talos.identity.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** A bean that is never whole in a test. */
@ApplicationScoped
class InjectsAField {
  @Inject @Nullable String name;
}
