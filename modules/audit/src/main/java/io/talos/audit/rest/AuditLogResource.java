package io.talos.audit.rest;

import io.talos.audit.IssueReceipt;
import io.talos.audit.ServeLog;
import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.Tile;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * {@code /audit/log}: what a stranger needs to follow the log.
 *
 * <p>Source: C2SP tlog-tiles, "APIs".
 */
@Path("/audit/log")
@Dependent
public class AuditLogResource {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String BINARY = MediaType.APPLICATION_OCTET_STREAM;
  private static final String BRIEFLY = "public, max-age=1";
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private final ServeLog serveLog;
  private final IssueReceipt receipts;

  /** Delegates to the operations. */
  @Inject
  public AuditLogResource(ServeLog serveLog, IssueReceipt receipts) {
    this.serveLog = serveLog;
    this.receipts = receipts;
  }

  /** The newest checkpoint, a signed note. */
  @GET
  @Path("checkpoint")
  public Response checkpoint(@Context HttpHeaders request) {
    return serveLog
        .checkpoint()
        .match(
            published ->
                StaticFile.plain(request, Bytes.utf8(published.note().encoded()), TEXT, BRIEFLY),
            code -> Problem.of(code).response());
  }

  /** The key that verifies checkpoints, as a {@code vkey} line. */
  @GET
  @Path("key")
  public Response key(@Context HttpHeaders request) {
    return serveLog
        .key()
        .match(
            key -> StaticFile.plain(request, Bytes.utf8(key.vkey() + "\n"), TEXT, BRIEFLY),
            code -> Problem.of(code).response());
  }

  /** The key that signs receipts, as a {@code vkey} line. */
  @GET
  @Path("receipt-key")
  public Response receiptKey(@Context HttpHeaders request) {
    return StaticFile.plain(request, Bytes.utf8(receipts.key().vkey() + "\n"), TEXT, BRIEFLY);
  }

  /**
   * A tile of hashes, or an entry bundle; what was once served never changes. Hashes do not get
   * shorter by compressing them, entries do.
   */
  @GET
  @Path("tile/{tile:.+}")
  public Response tile(
      @Context HttpHeaders request,
      @HeaderParam("Accept-Encoding") @Nullable String encodings,
      @PathParam("tile") String path) {
    Tile tile;
    try {
      tile = Tile.parse(path);
    } catch (TalosException e) {
      return Problem.of(ErrorCode.NOT_FOUND).response();
    }
    return serveLog
        .tile(tile)
        .match(
            file ->
                tile.level().isPresent()
                    ? StaticFile.plain(request, file, BINARY, FOR_EVER)
                    : StaticFile.compressible(
                        request, AcceptedEncoding.of(encodings), file, BINARY, FOR_EVER),
            code -> Problem.of(code).response());
  }
}
