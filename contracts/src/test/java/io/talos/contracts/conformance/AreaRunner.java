package io.talos.contracts.conformance;

import jakarta.json.JsonObject;

/**
 * Runs the Talos 1.x cases of one area by the project's own code. Found by {@link
 * java.util.ServiceLoader}: a new one is named in {@code
 * META-INF/services/io.talos.contracts.conformance.AreaRunner}, and its area is struck from {@code
 * areas_waiting.txt}.
 */
public interface AreaRunner {
  /** The area's name, as {@code index.json} has it. */
  String area();

  /**
   * What our code makes of one case.
   *
   * <p>A {@link io.talos.contracts.error.TalosException} counts as a refusal with its code; any
   * other exception fails the case. An operation that is not known must end in {@code throw
   * Outcome.unknown(…)}.
   *
   * @param input the case's {@code input}, and nothing else of the case
   */
  Outcome run(JsonObject input);
}
