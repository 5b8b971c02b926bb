package io.talos.identity.authentication;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.StrictJson;
import io.talos.runtime.http.GuardedHttp;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URI;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The key set that an identity provider publishes, read anew each time.
 *
 * <p>Source: RFC 7517 §5.
 *
 * <p>Refuses with: {@link ErrorCode#UPSTREAM_UNAVAILABLE} when it cannot be had in time, is larger
 * than {@link Limits#KEY_SET_BYTES_MAX} or is no key set.
 */
public final class KeySetDocument implements Supplier<Set<String>> {
  private static final int OK = 200;
  private static final io.talos.contracts.json.Limits JSON =
      new io.talos.contracts.json.Limits(Limits.KEY_SET_BYTES_MAX, 8, 4_096);

  private final URI url;
  private final Fetch fetch;

  /** Asks the provider. */
  @FunctionalInterface
  public interface Fetch {
    /**
     * The whole answer, head and body within {@link Limits#KEY_SET_WAIT}; throws {@link
     * TalosException} with an {@code UPSTREAM_…} code.
     */
    GuardedHttp.Answer get(URI url);
  }

  /** The set at {@code url}, which an operator has set. */
  public KeySetDocument(URI url, Fetch fetch) {
    this.url = url;
    this.fetch = fetch;
  }

  /** The ids of the keys in it. */
  @Override
  public Set<String> get() {
    GuardedHttp.Answer answer = answer();
    if (answer.status() != OK) {
      throw unavailable("answers " + answer.status(), null);
    }
    return ids(answer.body());
  }

  private GuardedHttp.Answer answer() {
    try {
      return fetch.get(url);
    } catch (TalosException e) {
      throw unavailable("cannot be had", e);
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
