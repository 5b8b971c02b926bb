package bad.talos.identity.rest;

import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/** A JAX-RS class with a context, as it may. */
class HasContext {
  @Context @Nullable UriInfo uri;
}
