package io.talos.audit.rest;

import io.talos.audit.WitnessCheckpoint;
import io.talos.contracts.Bytes;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.AddCheckpoint;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/**
 * {@code /audit/witness}: this node as a witness of other logs.
 *
 * <p>Source: C2SP tlog-witness, "add-checkpoint".
 */
@Path("/audit/witness")
@Dependent
public class WitnessResource {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final int CONFLICT = 409;

  private final WitnessCheckpoint witness;
  private final InstantSource clock;

  /** Delegates to the operation. */
  @Inject
  public WitnessResource(WitnessCheckpoint witness, InstantSource clock) {
    this.witness = witness;
    this.clock = clock;
  }

  /** The key that verifies cosignatures, as a {@code vkey} line. */
  @GET
  @Path("key")
  public Response key() {
    return Response.ok(witness.key().vkey() + "\n", TEXT).build();
  }

  /** Cosigns a checkpoint that continues the last one. */
  @POST
  @Path("add-checkpoint")
  @Consumes(MediaType.WILDCARD)
  public Response add(byte[] body) {
    AddCheckpoint request;
    try {
      request = AddCheckpoint.parse(Bytes.of(body));
    } catch (TalosException e) {
      return Problem.of(e.code()).response();
    }
    return witness
        .cosign(request, clock.instant())
        .match(
            line -> Response.ok(line.encoded(), TEXT).build(),
            size ->
                Response.status(CONFLICT)
                    .type(AddCheckpoint.SIZE_TYPE)
                    .entity((size + "\n").getBytes(StandardCharsets.US_ASCII))
                    .build(),
            code -> Problem.of(code).response());
  }
}
