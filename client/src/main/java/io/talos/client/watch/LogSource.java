package io.talos.client.watch;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.Tile;
import java.util.List;
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

  /**
   * Proofs of the events by which the log named further keys; a source that is only files has none.
   */
  default List<Bytes> keyProofs() {
    return List.of();
  }

  /** A tile's file; empty when the source says that there is none. */
  Optional<Bytes> tile(Tile tile);
}
