package io.talos.contracts.interop;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Set;

/**
 * The signed MCP request of the 1.x SDKs: exactly six members, signed over their canonical JSON.
 *
 * <p>Source: Talos 1.x SDK, signed MCP payload.
 */
public final class V1McpRequest {
  private static final List<String> TEXTS =
      List.of("session_id", "correlation_id", "tool", "action");
  private static final Set<String> MEMBERS =
      Set.of("request", "session_id", "correlation_id", "tool", "action", "timestamp");

  private final JsonObject payload;

  private V1McpRequest(JsonObject payload) {
    this.payload = payload;
  }

  /**
   * Reads a payload.
   *
   * @throws TalosException {@link ErrorCode#TALOS_FRAME_INVALID} when a member is missing, unknown
   *     or of the wrong type
   */
  public static V1McpRequest parse(Bytes text) {
    try {
      JsonObject payload = StrictJson.parseObject(text, Limits.BOUND);
      Check.that(payload.keySet().equals(MEMBERS), "the payload has its six members");
      Check.that(payload.get("request") instanceof JsonObject, "the request is an object");
      for (String member : TEXTS) {
        Check.that(payload.get(member) instanceof JsonString, member + " is a text");
      }
      Check.that(
          payload.get("timestamp") instanceof JsonNumber time && time.isIntegral(),
          "the timestamp is an integer");
      return new V1McpRequest(payload);
    } catch (TalosException | IllegalArgumentException e) {
      throw new TalosException(ErrorCode.TALOS_FRAME_INVALID, "not a signed MCP request", e);
    }
  }

  /** What is signed. */
  public Bytes canonical() {
    return CanonicalJson.encode(payload);
  }

  /** Which answer belongs to it. */
  public String correlationId() {
    return payload.getString("correlation_id");
  }

  /** Whether {@code key} signed this request, and it is the one that was expected. */
  public boolean verify(Bytes key, Bytes signature, String expectedCorrelationId) {
    return correlationId().equals(expectedCorrelationId)
        && Ed25519.verify(key, canonical(), signature);
  }

  /** The frame that carries it. */
  public V1WireFrame frame() {
    return V1WireFrame.of(V1WireFrame.Type.DATA, canonical());
  }
}
