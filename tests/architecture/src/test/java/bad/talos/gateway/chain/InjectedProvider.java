package bad.talos.gateway.chain;

import jakarta.inject.Inject;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/** A JAX-RS provider, which has no other way. */
@Provider
class InjectedProvider {
  @Inject @Nullable String name;
}
