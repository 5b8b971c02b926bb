package io.talos.contracts.log.export;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;

/** Makes the lines between head and tail: one for each entry, in the log's order. */
public final class ExportLine {
  private ExportLine() {}

  /**
   * An event that is shown whole.
   *
   * @param signatureBase what the caller signed, on the admission of a signed request
   */
  public static JsonObject event(long logSeq, JsonObject event, Optional<Bytes> signatureBase) {
    JsonObjectBuilder line = Json.createObjectBuilder().add("log_seq", logSeq).add("event", event);
    signatureBase.ifPresent(base -> line.add("signature_base", Base64Url.encode(base)));
    return line.build();
  }

  /** An entry whose event is not shown. */
  public static JsonObject envelope(JsonObject leaf) {
    return Json.createObjectBuilder().add("leaf", leaf).build();
  }
}
