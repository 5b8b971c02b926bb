package io.talos.client.http;

import io.talos.contracts.Bytes;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a server answered.
 *
 * @param status the HTTP status
 * @param headers values by lower-case name
 * @param body at most {@value Limits#ANSWER_BYTES_MAX} bytes
 */
public record Answer(int status, Map<String, List<String>> headers, Bytes body) {
  private static final io.talos.contracts.json.Limits JSON =
      new io.talos.contracts.json.Limits(
          Limits.ANSWER_BYTES_MAX, Limits.JSON_DEPTH_MAX, Limits.JSON_VALUES_MAX);
  private static final int FIRST_ERROR = 400;

  /** Copies. */
  public Answer {
    headers = Map.copyOf(headers);
  }

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }

  /** The media type in lower case without its parameters; empty when there is none. */
  public String mediaType() {
    String type = header("content-type").orElse("");
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).trim().toLowerCase(Locale.ROOT);
  }

  /** Whether the status says that it was not done. */
  public boolean failed() {
    return status >= FIRST_ERROR;
  }

  /** The body as a JSON object; the empty object when there is no body. */
  public JsonObject json() {
    return body.isEmpty() ? JsonObject.EMPTY_JSON_OBJECT : StrictJson.parseObject(body, JSON);
  }
}
