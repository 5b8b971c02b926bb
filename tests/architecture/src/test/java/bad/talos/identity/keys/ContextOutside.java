package bad.talos.identity.keys;

import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/** A feature that knows a request. */
final class ContextOutside {
  @Context @Nullable UriInfo uri;
}
