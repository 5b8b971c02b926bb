package io.talos.architecture.docs;

import io.talos.contracts.Bytes;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder that the build runs in, as far as pages need it.
 *
 * @param root where the topmost pom.xml lies
 */
record Project(Path root) {
  private static final Limits JSON_LIMITS = new Limits(16 << 20, 64, 1_000_000);

  static Project ofTalos() {
    Path root = Path.of(System.getProperty("talos.root", "../..")).toAbsolutePath().normalize();
    if (!Files.exists(root.resolve("contracts/registry"))) {
      throw new IllegalStateException("-Dtalos.root names no Talos tree");
    }
    return new Project(root);
  }

  String text(String path) {
    try {
      return Files.readString(root.resolve(path), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  boolean hasFile(String path) {
    return Files.isRegularFile(root.resolve(path));
  }

  /** The objects of a registry's one list. */
  List<JsonObject> registry(String name, String list) {
    String text = text("contracts/registry/" + name + ".json");
    return StrictJson.parseObject(Bytes.utf8(text), JSON_LIMITS).getJsonArray(list).stream()
        .map(JsonValue::asJsonObject)
        .toList();
  }

  /** The texts of a member that may be missing. */
  static List<String> texts(JsonObject object, String member) {
    return object.containsKey(member)
        ? object.getJsonArray(member).getValuesAs(JsonString::getString)
        : List.of();
  }
}
