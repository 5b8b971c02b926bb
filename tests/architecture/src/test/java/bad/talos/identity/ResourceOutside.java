package bad.talos.identity;

import jakarta.ws.rs.Path;

/** A route that a reader does not find. */
@Path("/outside")
class ResourceOutside {}
