package io.talos.audit.evm;

import io.talos.audit.anchors.Limits;
import io.talos.audit.anchors.Web;
import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.Json;
import io.talos.contracts.json.StrictJson;
import io.talos.runtime.http.GuardedHttp;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.Map;

/**
 * Asks a node of a chain.
 *
 * <p>Source: JSON-RPC 2.0 §4, §5; the Ethereum execution API.
 *
 * <p>Refuses with: {@link ErrorCode#ANCHOR_ANSWER_INVALID} on an error and on an answer of another
 * form, {@link ErrorCode#UPSTREAM_4XX}, {@link ErrorCode#UPSTREAM_5XX} and what {@link Web} refuses
 * with.
 */
final class JsonRpc {
  private static final int OK = 200;
  private static final int SERVER_ERROR = 500;
  private static final int MESSAGE_CHARACTERS_MAX = 200;
  private static final io.talos.contracts.json.Limits ANSWER =
      new io.talos.contracts.json.Limits(Limits.ANSWER_BYTES_MAX, 8, 50_000);

  private final URI url;
  private final Web web;

  JsonRpc(URI url, Web web) {
    this.url = url;
    this.web = web;
  }

  /** A node said no. */
  static final class NodeRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NodeRefused(String message) {
      super(message, null, false, false);
    }
  }

  /** The result of a call, which may be null. */
  JsonValue call(String method, Object... params) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    for (Object param : params) {
      if (param instanceof Boolean flag) {
        array.add(flag);
      } else {
        array.add(param.toString());
      }
    }
    GuardedHttp.Answer answer = web.send(ask(method, array.build()));
    if (answer.status() != OK) {
      throw new TalosException(
          answer.status() >= SERVER_ERROR ? ErrorCode.UPSTREAM_5XX : ErrorCode.UPSTREAM_4XX,
          "the chain's node answers " + answer.status());
    }
    return result(answer.body());
  }

  private GuardedHttp.Ask ask(String method, JsonArray params) {
    JsonObject call =
        Json.createObjectBuilder()
            .add("jsonrpc", "2.0")
            .add("id", 1)
            .add("method", method)
            .add("params", params)
            .build();
    return new GuardedHttp.Ask(
        "POST",
        url,
        Map.of("Content-Type", "application/json", "Accept", "application/json"),
        Bytes.utf8(call.toString()));
  }

  private static JsonValue result(Bytes body) {
    JsonObject answer;
    try {
      answer = StrictJson.parseObject(body, ANSWER);
    } catch (TalosException e) {
      throw new TalosException(ErrorCode.ANCHOR_ANSWER_INVALID, "the node answers no JSON", e);
    }
    if (answer.get("error") instanceof JsonObject error) {
      String message =
          error.get("message") instanceof JsonString text ? text.getString() : "no message";
      throw new NodeRefused(
          message.substring(0, Math.min(MESSAGE_CHARACTERS_MAX, message.length())));
    }
    JsonValue result = answer.get("result");
    if (result == null) {
      throw new TalosException(ErrorCode.ANCHOR_ANSWER_INVALID, "the node answers no result");
    }
    return result;
  }
}
