package io.talos.runtime.rest;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns whatever was thrown into a {@link Problem}; the cause goes to the log, never outward. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = System.getLogger("io.talos.runtime");
  private static final int CAUSES_MAX = 20;
  private static final int FIRST_SERVER_FAULT = 500;

  /** SQLState classes that mean the database is away, not that we asked wrongly. */
  private static final Set<String> AWAY = Set.of("08", "53", "57", "58");

  @Override
  public Response toResponse(Throwable thrown) {
    ErrorCode code = code(thrown);
    if (code == ErrorCode.INTERNAL) {
      LOG.log(Level.ERROR, "TALOS-RUN-0001 Unexpected failure", thrown);
    } else if (code.httpStatus() >= FIRST_SERVER_FAULT) {
      LOG.log(Level.WARNING, "TALOS-RUN-0002 Request failed with " + code, thrown);
    }
    return Problem.of(code).response();
  }

  /** The code for {@code thrown} and what caused it. */
  static ErrorCode code(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
      ErrorCode code = known(cause);
      if (code != null) {
        return code;
      }
      cause = cause.getCause();
    }
    return ErrorCode.INTERNAL;
  }

  private static @Nullable ErrorCode known(Throwable cause) {
    if (cause instanceof TalosException fault) {
      return fault.code();
    }
    if (cause instanceof NotFoundException) {
      return ErrorCode.ROUTE_NOT_FOUND;
    }
    if (cause instanceof NotAllowedException) {
      return ErrorCode.METHOD_NOT_ALLOWED;
    }
    if (cause instanceof NotSupportedException) {
      return ErrorCode.UNSUPPORTED_MEDIA_TYPE;
    }
    if (cause instanceof NotAcceptableException) {
      return ErrorCode.NOT_ACCEPTABLE;
    }
    if (cause instanceof ClientErrorException) {
      return ErrorCode.TALOS_INVALID_INPUT;
    }
    return isDatabaseAway(cause) ? ErrorCode.DATABASE_UNAVAILABLE : null;
  }

  private static boolean isDatabaseAway(Throwable cause) {
    if (cause instanceof SQLException sql && sql.getSQLState() != null) {
      String state = sql.getSQLState();
      return state.length() >= 2 && AWAY.contains(state.substring(0, 2));
    }
    // The pool's own "no connection in time" and "connection is stale" carry no SQLState.
    // They are told by name, because the connector API is not visible to applications.
    return cause.getClass().getName().startsWith("jakarta.resource.")
        || cause instanceof java.sql.SQLTransientConnectionException
        || cause instanceof java.sql.SQLRecoverableException;
  }
}
