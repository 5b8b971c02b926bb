package io.talos.contracts.schema;

import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.EvaluatorFactory;
import dev.harrel.jsonschema.JsonNodeFactory;
import dev.harrel.jsonschema.SchemaResolver;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JakartaJsonNode;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.registry.Registries;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The schemas of {@code contracts/schemas}, compiled once and kept. Thread safe.
 *
 * <p>A schema is named by its path without {@code .json}, such as {@code
 * identity/agent_register_request.v1}; its {@code $id} is {@code https://talos.invalid/schemas/}
 * followed by path and {@code .json}. Nothing is ever fetched.
 *
 * <p>Source: JSON Schema 2020-12.
 */
public final class SchemaLibrary {
  /** What every schema's {@code $id} starts with; the name cannot resolve (RFC 6761 §6.4). */
  public static final String BASE = "https://talos.invalid/schemas/";

  private static final Pattern NAME = Pattern.compile("[a-z0-9_]+(/[a-z0-9_]+)*\\.v[0-9]+");

  private final JsonNodeFactory nodes = new JakartaJsonNode.Factory();
  private final Validator validator =
      new ValidatorFactory()
          .withJsonNodeFactory(nodes)
          .withSchemaResolver(SchemaLibrary::resolve)
          .withEvaluatorFactory(
              new EvaluatorFactory.Builder().withKeyword("pattern", EcmaPattern::of).build())
          .createValidator();
  private final ConcurrentHashMap<String, URI> registered = new ConcurrentHashMap<>();

  /**
   * A place in a value that does not fit.
   *
   * @param pointer RFC 6901 pointer into the value
   * @param keyword the schema keyword that refuses it
   * @param message what the validator says
   */
  public record Violation(String pointer, String keyword, String message) {}

  /** Everything in {@code value} that does not fit the schema {@code name}; empty when it fits. */
  public List<Violation> violations(String name, JsonValue value) {
    URI uri = registered.computeIfAbsent(name, this::register);
    Validator.Result result = validator.validate(uri, nodes.wrap(value));
    return result.getErrors().stream()
        .map(e -> new Violation(e.getInstanceLocation(), keyword(e), String.valueOf(e.getError())))
        .toList();
  }

  /** The schema {@code false} has no keyword of its own; the one whose value it is refuses. */
  private static String keyword(Error error) {
    String path = error.getEvaluationPath();
    return error.getKeyword() != null
        ? error.getKeyword()
        : path.substring(path.lastIndexOf('/') + 1);
  }

  private synchronized URI register(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new TalosException(ErrorCode.CONFIGURATION_INVALID, "not a schema name: " + name);
    }
    JsonObject schema = Registries.resource("schemas/" + name + ".json");
    URI uri = URI.create(BASE + name + ".json");
    return validator.registerSchema(uri, nodes.wrap(schema));
  }

  private static SchemaResolver.Result resolve(String uri) {
    if (!uri.startsWith(BASE) || uri.contains("..")) {
      return SchemaResolver.Result.empty();
    }
    JsonObject schema = Registries.resource("schemas/" + uri.substring(BASE.length()));
    return SchemaResolver.Result.fromString(schema.toString());
  }
}
