package io.talos.contracts.conformance;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Optional;

/**
 * What our code answered to one case.
 *
 * @param valid whether it accepted, allowed or matched
 * @param code the code of the refusal, by its own name
 * @param message what the refusal says
 * @param members everything else that it computed, to be compared with {@code expected}
 */
public record Outcome(boolean valid, Optional<String> code, String message, JsonObject members) {
  /** Accepted, with nothing to compare. */
  public static Outcome accepted() {
    return new Outcome(true, Optional.empty(), "", JsonValue.EMPTY_JSON_OBJECT);
  }

  /** Refused without a code, or answered no. */
  public static Outcome refused() {
    return accepted().as(false);
  }

  /** Refused with a code. */
  public static Outcome refused(ErrorCode code, String message) {
    return new Outcome(false, Optional.of(code.name()), message, JsonValue.EMPTY_JSON_OBJECT);
  }

  /** Refused by an exception. */
  public static Outcome refused(TalosException e) {
    return refused(e.code(), String.valueOf(e.getMessage()));
  }

  /** What is thrown when the operation is not known, so that the case fails. */
  public static AssertionError unknown(String operation) {
    return new AssertionError("an operation that nobody runs: " + operation);
  }

  /** The same answer, said to be valid or not. */
  public Outcome as(boolean nowValid) {
    return new Outcome(nowValid, code, message, members);
  }

  /** The same answer with one more computed member. */
  public Outcome with(String name, JsonValue value) {
    JsonObjectBuilder builder = Json.createObjectBuilder(members).add(name, value);
    return new Outcome(valid, code, message, builder.build());
  }

  /** The same answer with one more computed member. */
  public Outcome with(String name, String value) {
    return with(name, Json.createValue(value));
  }

  /** The same answer with one more computed member. */
  public Outcome with(String name, long value) {
    return with(name, Json.createValue(value));
  }

  /** The same answer with one more computed member. */
  public Outcome with(String name, boolean value) {
    return with(name, value ? JsonValue.TRUE : JsonValue.FALSE);
  }
}
