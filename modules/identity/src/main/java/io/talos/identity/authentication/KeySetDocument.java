package io.talos.identity.authentication;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The key set that an identity provider publishes, read anew each time.
 *
 * <p>Source: RFC 7517 §5.
 *
 * <p>Refuses with: {@link ErrorCode#UPSTREAM_UNAVAILABLE} when it cannot be had, is larger than
 * {@link Limits#KEY_SET_BYTES_MAX} or is no key set.
 */
public final class KeySetDocument implements Supplier<Set<String>> {
  private static final io.talos.contracts.json.Limits JSON =
      new io.talos.contracts.json.Limits(Limits.KEY_SET_BYTES_MAX, 8, 4_096);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Limits.KEY_SET_WAIT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final URI url;

  /** The set at {@code url}, which an operator has set. */
  public KeySetDocument(URI url) {
    this.url = url;
  }

  /** The ids of the keys in it. */
  @Override
  public Set<String> get() {
    HttpRequest request = HttpRequest.newBuilder(url).timeout(Limits.KEY_SET_WAIT).build();
    try {
      HttpResponse<InputStream> answer =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        if (answer.statusCode() != 200) {
          throw unavailable("answers " + answer.statusCode(), null);
        }
        return ids(Bytes.of(body.readNBytes(Limits.KEY_SET_BYTES_MAX + 1)));
      }
    } catch (IOException e) {
      throw unavailable("cannot be reached", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted", e);
    }
  }

  private static Set<String> ids(Bytes text) {
    try {
      if (StrictJson.parseObject(text, JSON).get("keys") instanceof JsonArray keys) {
        return keys.stream()
            .filter(JsonObject.class::isInstance)
            .map(key -> key.asJsonObject().get("kid"))
            .filter(JsonString.class::isInstance)
            .map(id -> ((JsonString) id).getString())
            .collect(Collectors.toUnmodifiableSet());
      }
    } catch (TalosException e) {
      throw unavailable("is no key set", e);
    }
    throw unavailable("is no key set", null);
  }

  private static TalosException unavailable(String why, @Nullable Exception cause) {
    String what = "the operators' key set " + why;
    return cause == null
        ? new TalosException(ErrorCode.UPSTREAM_UNAVAILABLE, what)
        : new TalosException(ErrorCode.UPSTREAM_UNAVAILABLE, what, cause);
  }
}
