package io.talos.client.watch;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.Tile;
import java.util.Optional;

/**
 * Where a watch reads; nothing that it gives is believed.
 *
 * <p>A source that cannot be reached throws a {@link TalosException} with one of the {@code
 * UPSTREAM_} codes; one that says that its log is stopped, with {@link ErrorCode#AUDIT_LOG_HALTED}.
 */
public interface LogSource {
  /** The newest checkpoint. */
  Bytes checkpoint();

  /** A tile's file; empty when the source says that there is none. */
  Optional<Bytes> tile(Tile tile);
}
