package io.talos.policy.rest;

import io.talos.contracts.registry.Surface;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Everything that this server serves. */
public record SurfaceListResponse(List<Item> surfaces) {

  /** The fine limit of a surface. */
  public record RateItem(@JsonbProperty("per_second") int perSecond, int burst) {}

  /** One surface, as the registry declares it. */
  public record Item(
      String id,
      String method,
      String path,
      List<String> credentials,
      @Nullable String anonymous,
      @Nullable String permission,
      String capability,
      @Nullable String body,
      @JsonbProperty("body_bytes_max") int bodyBytesMax,
      RateItem rate) {

    static Item of(Surface surface) {
      return new Item(
          surface.id(),
          surface.method(),
          surface.path(),
          surface.credentials().stream().map(c -> wire(c.name())).sorted().toList(),
          surface.anonymous().orElse(null),
          surface.permission().isEmpty() ? null : surface.permission(),
          wire(surface.capability().name()),
          surface.body().orElse(null),
          surface.bodyBytesMax(),
          new RateItem(surface.rate().perSecond(), surface.rate().burst()));
    }

    private static String wire(String name) {
      return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
