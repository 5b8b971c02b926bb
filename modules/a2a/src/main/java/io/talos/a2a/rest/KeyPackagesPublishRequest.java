package io.talos.a2a.rest;

import io.talos.a2a.groups.KeyPackage;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The body that publishes key packages; schema {@code a2a/key_packages_publish_request.v1}. */
public record KeyPackagesPublishRequest(
    @JsonbProperty("key_packages") List<String> keyPackages,
    @JsonbProperty("last_resort") @Nullable String lastResort) {
  /** Copies. */
  public KeyPackagesPublishRequest {
    keyPackages = List.copyOf(keyPackages);
  }

  List<KeyPackage> single() {
    return keyPackages.stream().map(text -> read(text, false)).toList();
  }

  Optional<KeyPackage> last() {
    return Optional.ofNullable(lastResort).map(text -> read(text, true));
  }

  private static KeyPackage read(String text, boolean lastResort) {
    try {
      return new KeyPackage(Base64Url.decode(text), lastResort);
    } catch (IllegalArgumentException e) {
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, "not a key package", e);
    }
  }
}
