package io.talos.contracts.vectors;

import jakarta.json.JsonObject;

/**
 * Runs one file of {@code contracts/vectors}. Found by {@link java.util.ServiceLoader}: a new one
 * is named in {@code META-INF/services/io.talos.contracts.vectors.VectorRunner}.
 */
public interface VectorRunner {
  /** The file's name without {@code .json}. */
  String file();

  /**
   * Runs one test and compares what it computed with the test's members, by AssertJ or JUnit.
   *
   * <p>A {@link io.talos.contracts.error.TalosException} counts as a refusal; {@link
   * VectorFilesTest} compares it with {@code result} and {@code error}.
   */
  void run(JsonObject group, JsonObject test);
}
