package io.talos.policy.rest;

import io.talos.contracts.codec.Hex;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.policy.RevokeGrants;
import io.talos.policy.RevokeLink;
import io.talos.policy.rights.RevocationReason;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** {@code /policy/revocations}. */
@Path("/policy/revocations")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class RevocationsResource {
  private final RevokeLink revokeLink;
  private final RevokeGrants revokeGrants;

  /** Delegates to the operations. */
  @Inject
  public RevocationsResource(RevokeLink revokeLink, RevokeGrants revokeGrants) {
    this.revokeLink = revokeLink;
    this.revokeGrants = revokeGrants;
  }

  /** Revokes the grants of an agent. */
  @POST
  @Path("grants")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response revokeGrants(GrantsRevocationRequest request) {
    Did subject = Did.parse(request.subject());
    return RevocationReason.ofWire(request.reason())
        .map(
            reason ->
                revokeGrants
                    .revoke(subject, reason, Optional.ofNullable(request.cursor()))
                    .match(
                        done -> Response.ok(answer(subject, reason, done)).build(),
                        refused -> Problem.of(refused.code()).response()))
        .orElseGet(() -> Problem.at(ErrorCode.TALOS_INVALID_INPUT, "/reason").response());
  }

  private static GrantsRevocationResponse answer(
      Did subject, RevocationReason reason, RevokeGrants.Revoked done) {
    return new GrantsRevocationResponse(
        subject.text(), reason.wire(), done.count(), done.next().orElse(null));
  }

  /** Revokes a link and what hangs on it. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response revoke(RevocationRequest request) {
    return RevocationReason.ofWire(request.reason())
        .map(
            reason ->
                revokeLink.revoke(
                    Hex.decode(request.link()), reason, Optional.ofNullable(request.capability())))
        .map(
            result ->
                result.match(
                    revoked -> created(revoked), refused -> Problem.of(refused.code()).response()))
        .orElseGet(() -> Problem.at(ErrorCode.TALOS_INVALID_INPUT, "/reason").response());
  }

  private static Response created(RevokeLink.Revoked revoked) {
    return Response.status(Response.Status.CREATED)
        .entity(new RevocationResponse(revoked.link().hex(), revoked.reason().wire()))
        .build();
  }
}
