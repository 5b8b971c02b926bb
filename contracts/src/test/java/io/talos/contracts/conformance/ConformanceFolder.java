package io.talos.contracts.conformance;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.talos.contracts.Bytes;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the cases lie that this project did not write; they are never copied into it. */
public final class ConformanceFolder {
  private static final Limits LIMITS = new Limits(8 << 20, 48, 500_000);

  private ConformanceFolder() {}

  /**
   * The folder {@code name}. Where it is absent the test is skipped with a message, but fails when
   * the environment says {@code CI=true}.
   */
  public static Path require(String name) {
    String root = System.getProperty("talos.conformance", "");
    Path folder = Path.of(root, name);
    if (!root.isBlank() && Files.isDirectory(folder)) {
      return folder;
    }
    String message =
        "CONFORMANCE SKIPPED: no folder " + name + " below -Dtalos.conformance=" + root;
    System.out.println(message);
    if ("true".equalsIgnoreCase(System.getenv("CI"))) {
      return fail(message + ", and CI=true demands it");
    }
    return abort(message);
  }

  /** The bytes of a file. */
  public static Bytes bytes(Path file) {
    try {
      return Bytes.of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file as a JSON object. */
  public static JsonObject read(Path file) {
    return StrictJson.parseObject(bytes(file), LIMITS);
  }
}
