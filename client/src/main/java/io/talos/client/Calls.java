package io.talos.client;

import io.talos.client.http.Answer;
import io.talos.client.http.PreparedRequest;
import io.talos.client.http.Transport;
import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyHistory;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The calls of one caller to one server. Thread safe. */
final class Calls {
  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";
  private static final String UNRESERVED = "-._~";
  private static final int FIRST_SERVER_ERROR = 500;
  private static final int WISH_BYTES = 16;

  private final Transport transport;
  private final String base;
  private final Credential credential;

  Calls(Transport transport, URI base, Credential credential) {
    this.transport = transport;
    String text = base.toString();
    this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    this.credential = credential;
  }

  /** A request with its credential, ready to be sent. */
  PreparedRequest prepare(String method, String path, Optional<String> capability, Bytes body) {
    String target = base + path;
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("accept", "*/*");
    if (!body.isEmpty()) {
      headers.put("content-type", JSON);
    }
    headers.putAll(
        credential.headers(
            method, target, capability, body.isEmpty() ? Optional.empty() : Optional.of(body)));
    return new PreparedRequest(method, URI.create(target), headers, body);
  }

  PreparedRequest prepare(String method, String path, JsonObject body) {
    return prepare(method, path, Optional.empty(), Bytes.utf8(body.toString()));
  }

  Answer send(PreparedRequest request) {
    return transport.send(request);
  }

  Reply<Answer> getRaw(String path, String mediaType) {
    return reply(
        transport.sendRepeatable(
            () ->
                prepare("GET", path, Optional.empty(), Bytes.empty())
                    .withHeader("accept", mediaType + ", " + PROBLEM)));
  }

  Reply<JsonObject> get(String path) {
    return getRaw(path, JSON).map(Answer::json);
  }

  /** One try, for who goes on trying. */
  Reply<JsonObject> getOnce(String path) {
    return reply(send(prepare("GET", path, Optional.empty(), Bytes.empty()))).map(Answer::json);
  }

  Reply<JsonObject> post(String path, JsonObject body) {
    return reply(send(prepare("POST", path, body))).map(Answer::json);
  }

  /**
   * The same wish again when the server cannot be reached or says 503: an Idempotency-Key tells it
   * so, and it answers as it did the first time.
   */
  Reply<JsonObject> postOnce(String path, JsonObject body, Randomness randomness) {
    String wish = Base64Url.encode(randomness.bytes(WISH_BYTES));
    return reply(
            transport.sendRepeatable(
                () -> prepare("POST", path, body).withHeader("idempotency-key", wish)))
        .map(Answer::json);
  }

  Reply<JsonObject> post(String path) {
    return reply(send(prepare("POST", path, Optional.empty(), Bytes.empty()))).map(Answer::json);
  }

  Reply<JsonObject> put(String path, JsonObject body) {
    return reply(send(prepare("PUT", path, body))).map(Answer::json);
  }

  Reply<JsonObject> delete(String path) {
    return reply(send(prepare("DELETE", path, Optional.empty(), Bytes.empty()))).map(Answer::json);
  }

  /** Where the key history of an agent is. */
  static String historyPath(Did did) {
    return "/identity/agents/" + segment(did.text()) + "/keys";
  }

  /** The history in an answer, verified from the DID on. */
  static KeyHistory history(Did did, JsonObject body) {
    if (body.get("statements") instanceof JsonArray statements) {
      return KeyHistory.fromJson(did, statements);
    }
    throw new TalosException(ErrorCode.KEY_STATEMENT_INVALID, "the server shows no statements");
  }

  /** What an answer means. */
  static Reply<Answer> reply(Answer answer) {
    Receipt receipt = Receipt.of(answer);
    if (!answer.failed()) {
      return new Reply.Granted<>(answer, receipt);
    }
    if (answer.mediaType().equals(PROBLEM)) {
      JsonObject problem = answer.json();
      String code = problem.getString("code", "");
      if (!code.isEmpty()) {
        return new Reply.Refused<>(
            new Refusal(
                code,
                answer.status(),
                problem.getString("title", ""),
                problem.getBoolean("retryable", false),
                receipt));
      }
    }
    throw new TalosException(
        answer.status() < FIRST_SERVER_ERROR ? ErrorCode.UPSTREAM_4XX : ErrorCode.UPSTREAM_5XX,
        "status " + answer.status() + " without a problem");
  }

  /**
   * A value as one path segment.
   *
   * <p>Source: RFC 3986 §3.3; colons, which every DID holds, stay as they are.
   */
  static String segment(String value) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == ':'
              || UNRESERVED.indexOf(c) >= 0;
      if (plain) {
        encoded.append(c);
      } else {
        encoded.append('%').append(Bytes.of(b).hex().toUpperCase(java.util.Locale.ROOT));
      }
    }
    return encoded.toString();
  }
}
