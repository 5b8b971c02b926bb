package io.talos.gateway.rest;

import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Which Talos this is. */
@Path("/version")
@Produces(MediaType.APPLICATION_JSON)
@Dependent
public class VersionResource {
  /** Product and version. */
  public record Version(String product, String version) {}

  /** The running version; {@code development} when it was not packaged. */
  @GET
  public Version version() {
    String built = VersionResource.class.getPackage().getImplementationVersion();
    return new Version("talos", built == null ? "development" : built);
  }
}
