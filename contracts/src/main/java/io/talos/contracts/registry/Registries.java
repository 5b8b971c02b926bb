package io.talos.contracts.registry;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;

/** Reads the files of {@code contracts/registry} from this library. */
public final class Registries {
  private static final Limits LIMITS = new Limits(4 << 20, 16, 200_000);

  private Registries() {}

  /** The registry file {@code <name>.json}. */
  public static JsonObject read(String name) {
    return resource("registry/" + name + ".json");
  }

  /** Any JSON object that ships with the contracts, by its path below {@code contracts/}. */
  public static JsonObject resource(String path) {
    String location = "/io/talos/contracts/" + path;
    try (InputStream in = Registries.class.getResourceAsStream(location)) {
      if (in == null) {
        throw new TalosException(ErrorCode.CONFIGURATION_INVALID, "missing " + location);
      }
      return StrictJson.parseObject(Bytes.of(in.readAllBytes()), LIMITS);
    } catch (IOException e) {
      throw new TalosException(ErrorCode.CONFIGURATION_INVALID, "unreadable " + location, e);
    }
  }
}
