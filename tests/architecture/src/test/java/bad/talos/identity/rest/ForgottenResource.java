package bad.talos.identity.rest;

import jakarta.ws.rs.Path;

/** A route that nobody listed. */
@Path("/forgotten")
public class ForgottenResource {}
