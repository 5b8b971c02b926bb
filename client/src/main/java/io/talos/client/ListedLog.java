package io.talos.client;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.LogKeys;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.SaidLoss;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.json.JsonObject;
import java.util.List;

/**
 * A log that a server says it has. Nothing of it is proved.
 *
 * <p>Source: contracts/schemas/audit/log_list.v1.
 *
 * @param key signs its checkpoints, the newest when there are several
 * @param keyProofs proofs of the events that named a further key, the oldest first
 * @param losses what it says of logs that were stopped
 */
public record ListedLog(NoteKey key, List<Bytes> keyProofs, List<SaidLoss> losses) {
  private static final String SCHEMA = "audit/log_list.v1";

  /** Copies. */
  public ListedLog {
    keyProofs = List.copyOf(keyProofs);
    losses = List.copyOf(losses);
  }

  /**
   * Reads the server's answer.
   *
   * @throws TalosException {@link ErrorCode#UPSTREAM_UNAVAILABLE} when it is none, {@link
   *     ErrorCode#PROOF_INVALID} when an event in it tells of no loss
   */
  public static List<ListedLog> list(JsonObject body) {
    if (!new SchemaLibrary().violations(SCHEMA, body).isEmpty()) {
      throw new TalosException(ErrorCode.UPSTREAM_UNAVAILABLE, "not a list of logs");
    }
    return body.getJsonArray("logs").getValuesAs(JsonObject.class).stream()
        .map(ListedLog::of)
        .toList();
  }

  /** The keys that can be trusted by whoever trusts one of a log's, by what the server shows. */
  public static LogKeys keys(List<ListedLog> logs, NoteKey trusted) {
    return LogKeys.of(trusted)
        .followed(
            logs.stream()
                .filter(log -> log.key.name().equals(trusted.name()))
                .flatMap(log -> log.keyProofs.stream())
                .toList());
  }

  private static ListedLog of(JsonObject log) {
    return new ListedLog(
        NoteKey.parse(log.getString("vkey")),
        log.getJsonArray("keys").getValuesAs(JsonObject.class).stream()
            .filter(key -> key.containsKey("proof"))
            .map(key -> Bytes.utf8(key.getJsonObject("proof").toString()))
            .toList(),
        log.getJsonArray("losses").getValuesAs(JsonObject.class).stream()
            .map(loss -> SaidLoss.of(loss.getJsonObject("event")))
            .toList());
  }
}
