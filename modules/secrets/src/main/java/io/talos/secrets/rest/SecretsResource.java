package io.talos.secrets.rest;

import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.error.ErrorCode;
import io.talos.runtime.rest.Problem;
import io.talos.secrets.ListSecrets;
import io.talos.secrets.PutSecret;
import io.talos.secrets.RemoveSecret;
import io.talos.secrets.envelope.Limits;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;

/** {@code /secrets}: put, list, remove. No answer ever holds a value. */
@Path("/secrets")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class SecretsResource {
  private static final Pattern LIMIT = Pattern.compile("[1-9][0-9]{0,2}");

  private final PutSecret putSecret;
  private final ListSecrets listSecrets;
  private final RemoveSecret removeSecret;

  /** Delegates to the operations. */
  @Inject
  public SecretsResource(PutSecret putSecret, ListSecrets listSecrets, RemoveSecret removeSecret) {
    this.putSecret = putSecret;
    this.listSecrets = listSecrets;
    this.removeSecret = removeSecret;
  }

  /** Stores the next version of a secret. */
  @PUT
  @Path("{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response put(@PathParam("name") String name, SecretPutRequest request) {
    try (SecretBytes value = SecretBytes.of(Base64Url.decode(request.valueB64u()).toArray())) {
      return putSecret
          .put(name, value)
          .match(
              stored ->
                  Response.status(Response.Status.CREATED)
                      .entity(
                          new SecretStoredResponse(stored.name(), stored.version(), stored.kekId()))
                      .build(),
              refused -> Problem.of(refused.code()).response());
    }
  }

  /** Names and versions, in the order of names. */
  @GET
  public Response list(
      @QueryParam("after") @DefaultValue("") String after,
      @QueryParam("limit") @DefaultValue("100") String limit) {
    if (after.length() > Limits.NAME_CHARACTERS_MAX
        || !LIMIT.matcher(limit).matches()
        || Integer.parseInt(limit) > Limits.PAGE_MAX) {
      return Problem.of(ErrorCode.TALOS_INVALID_INPUT).response();
    }
    ListSecrets.Page page = listSecrets.list(after, Integer.parseInt(limit));
    return Response.ok(
            new SecretListResponse(
                page.secrets().stream().map(SecretListResponse.Item::of).toList(),
                page.next().orElse(null)))
        .build();
  }

  /** Deletes a secret. */
  @DELETE
  @Path("{name}")
  public Response remove(@PathParam("name") String name) {
    return removeSecret
        .remove(name)
        .map(code -> Problem.of(code).response())
        .orElseGet(() -> Response.noContent().build());
  }
}
