package io.talos.runtime.rest;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.time.WireTime;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.adapter.JsonbAdapter;
import jakarta.json.bind.config.PropertyNamingStrategy;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;
import java.time.Instant;

/**
 * How requests and responses become records: members in snake case, bytes as base64url, times as
 * {@link WireTime}. Signed objects never pass here; they stay the JSON that was signed.
 */
@Provider
public class JsonForm implements ContextResolver<Jsonb> {
  private final Jsonb jsonb =
      JsonbBuilder.create(
          new JsonbConfig()
              .withPropertyNamingStrategy(PropertyNamingStrategy.LOWER_CASE_WITH_UNDERSCORES)
              .withAdapters(new OfBytes(), new OfInstant(), new OfUuid()));

  @Override
  public Jsonb getContext(Class<?> type) {
    return jsonb;
  }

  /** Bytes as strict base64url. */
  public static class OfBytes implements JsonbAdapter<Bytes, String> {
    @Override
    public String adaptToJson(Bytes bytes) {
      return Base64Url.encode(bytes);
    }

    @Override
    public Bytes adaptFromJson(String text) {
      return Base64Url.decode(text);
    }
  }

  /** Times with exactly three fraction digits. */
  public static class OfInstant implements JsonbAdapter<Instant, String> {
    @Override
    public String adaptToJson(Instant instant) {
      return WireTime.format(instant);
    }

    @Override
    public Instant adaptFromJson(String text) {
      return WireTime.parse(text);
    }
  }

  /** Identifiers as text. */
  public static class OfUuid implements JsonbAdapter<UuidV7, String> {
    @Override
    public String adaptToJson(UuidV7 id) {
      return id.text();
    }

    @Override
    public UuidV7 adaptFromJson(String text) {
      return new UuidV7(text);
    }
  }
}
