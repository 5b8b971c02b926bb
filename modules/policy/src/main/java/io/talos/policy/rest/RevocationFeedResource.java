package io.talos.policy.rest;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.revocation.Limits;
import io.talos.contracts.revocation.RevocationChain;
import io.talos.policy.ServeRevocations;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code /policy/revocations/feed}: what an offline verifier follows. */
@Path("/policy/revocations/feed")
@Dependent
public class RevocationFeedResource {
  private static final String BRIEFLY = "public, max-age=1";
  private static final String FOR_EVER = "public, max-age=31536000, immutable";
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,5}");

  private final ServeRevocations serveRevocations;

  /** Delegates to the operation. */
  @Inject
  public RevocationFeedResource(ServeRevocations serveRevocations) {
    this.serveRevocations = serveRevocations;
  }

  /** The newest head; its bytes are what was signed. */
  @GET
  public Response head() {
    return answer(serveRevocations.head().toArray(), MediaType.APPLICATION_JSON, BRIEFLY);
  }

  /** A page of ids, 32 bytes each. */
  @GET
  @Path("{page}")
  public Response page(@PathParam("page") String page) {
    return Optional.of(page)
        .filter(text -> NUMBER.matcher(text).matches())
        .flatMap(text -> serveRevocations.page(Integer.parseInt(text)))
        .map(ids -> ids.toArray())
        .map(ids -> answer(ids, MediaType.APPLICATION_OCTET_STREAM, caching(ids)))
        .orElseGet(() -> Problem.of(ErrorCode.NOT_FOUND).response());
  }

  private static String caching(byte[] ids) {
    return ids.length == Limits.PAGE_IDS * RevocationChain.ID_SIZE ? FOR_EVER : BRIEFLY;
  }

  private static Response answer(byte[] body, String type, String caching) {
    return Response.ok(body, type).header("Cache-Control", caching).build();
  }
}
