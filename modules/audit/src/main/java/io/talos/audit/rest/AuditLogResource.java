package io.talos.audit.rest;

import io.talos.audit.IssueReceipt;
import io.talos.audit.ServeLog;
import io.talos.contracts.Bytes;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /audit/log}: what a stranger needs to follow the installation's first log. Those that
 * followed it are at {@link AuditLogsResource}.
 *
 * <p>Source: C2SP tlog-tiles, "APIs".
 */
@Path("/audit/log")
@Dependent
public class AuditLogResource {
  private final LogFiles files;
  private final IssueReceipt receipts;

  /** Delegates to the operations. */
  @Inject
  public AuditLogResource(ServeLog serveLog, IssueReceipt receipts) {
    this.files = new LogFiles(serveLog);
    this.receipts = receipts;
  }

  /** The newest checkpoint, a signed note. */
  @GET
  @Path("checkpoint")
  public Response checkpoint(@Context HttpHeaders request) {
    return files.checkpoint(request, Optional.empty());
  }

  /** The key that verifies checkpoints, as a {@code vkey} line. */
  @GET
  @Path("key")
  public Response key(@Context HttpHeaders request) {
    return files.key(request, Optional.empty());
  }

  /** The key that signs receipts, as a {@code vkey} line. */
  @GET
  @Path("receipt-key")
  public Response receiptKey(@Context HttpHeaders request) {
    return StaticFile.plain(
        request, Bytes.utf8(receipts.key().vkey() + "\n"), LogFiles.TEXT, LogFiles.BRIEFLY);
  }

  /** A tile of hashes, or an entry bundle; what was once served never changes. */
  @GET
  @Path("tile/{tile:.+}")
  public Response tile(
      @Context HttpHeaders request,
      @HeaderParam("Accept-Encoding") @Nullable String encodings,
      @PathParam("tile") String path) {
    return files.tile(request, AcceptedEncoding.of(encodings), Optional.empty(), path);
  }
}
