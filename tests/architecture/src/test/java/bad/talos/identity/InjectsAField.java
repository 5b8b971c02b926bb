package bad.talos.identity;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** An operation that is never whole in a test. */
@Dependent
class InjectsAField {
  @Inject @Nullable String name;
}
