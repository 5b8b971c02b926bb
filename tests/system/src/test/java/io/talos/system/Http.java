package io.talos.system;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.http.RequestSigner;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plain HTTP, so that a test can send what no well-behaved client would. */
final class Http {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * One version, so that the first answer on a connection looks like all others; one client, as
   * each holds files open until it is collected.
   */
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI base;

  Http(URI base) {
    this.base = base;
  }

  /** An answer. */
  record Answer(int status, Map<String, String> headers, Bytes bytes) {
    String text() {
      return bytes.utf8();
    }

    JsonObject json() {
      try (var reader = Json.createReader(new StringReader(text()))) {
        return reader.readObject();
      }
    }

    /** The problem's code, or empty when the answer is no problem. */
    String code() {
      return headers.getOrDefault("content-type", "").startsWith("application/problem+json")
          ? json().getString("code")
          : "";
    }
  }

  /** A request in the making. */
  static final class Request {
    private final String method;
    private final String path;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<String> more = new ArrayList<>();
    private byte[] body = new byte[0];

    private Request(String method, String path) {
      this.method = method;
      this.path = path;
    }

    Request header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    /** One more line of a header that may be there already. */
    Request also(String name, String value) {
      more.add(name);
      more.add(value);
      return this;
    }

    Request bearer(String token) {
      return header("Authorization", "Bearer " + token);
    }

    Request json(String text) {
      return json(text.getBytes(StandardCharsets.UTF_8));
    }

    Request json(byte[] bytes) {
      body = bytes;
      return header("Content-Type", "application/json");
    }

    Request raw(String contentType, byte[] bytes) {
      body = bytes;
      return header("Content-Type", contentType);
    }

    /** Signs what is there so far. */
    Request signed(URI base, Ed25519.KeyPair key, Optional<String> capability) {
      return signedAt(base, key, capability, Clock.systemUTC().instant());
    }

    /** Signs as if it were {@code when}. */
    Request signedAt(URI base, Ed25519.KeyPair key, Optional<String> capability, Instant when) {
      headers.putAll(
          new RequestSigner(key, InstantSource.fixed(when), Randomness.secure())
              .sign(
                  method,
                  base + path,
                  capability,
                  body.length == 0 ? Optional.empty() : Optional.of(Bytes.of(body))));
      return this;
    }
  }

  Request request(String method, String path) {
    return new Request(method, path);
  }

  Answer send(Request request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(base + request.path))
            .timeout(PATIENCE)
            .method(
                request.method,
                request.body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(request.body));
    request.headers.forEach(builder::header);
    for (int i = 0; i < request.more.size(); i += 2) {
      builder.header(request.more.get(i), request.more.get(i + 1));
    }
    try {
      HttpResponse<byte[]> response =
          CLIENT.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
      Map<String, String> headers = new LinkedHashMap<>();
      response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
      return new Answer(response.statusCode(), headers, Bytes.of(response.body()));
    } catch (IOException e) {
      throw new IllegalStateException(request.method + " " + request.path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Answer get(String path) {
    return send(request("GET", path));
  }
}
