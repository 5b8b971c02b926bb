package io.talos.contracts.schema;

import dev.harrel.jsonschema.EvaluationContext;
import dev.harrel.jsonschema.Evaluator;
import dev.harrel.jsonschema.JsonNode;
import java.util.regex.Pattern;

/**
 * The {@code pattern} keyword with the dialect's meaning of {@code $}: the very end of the text.
 *
 * <p>Java's {@code $} also matches before a final line break, so that {@code "…\n"} would pass for
 * an identifier.
 *
 * <p>Source: JSON Schema 2020-12 validation §6.3.3; ECMA-262 §22.2.2.4 (Assertion).
 */
final class EcmaPattern implements Evaluator {
  private final Pattern pattern;

  private EcmaPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  static Evaluator of(JsonNode keyword) {
    return new EcmaPattern(Pattern.compile(translate(keyword.asString())));
  }

  /** Writes {@code \z} for every {@code $} that is neither escaped nor in a character class. */
  private static String translate(String ecma) {
    StringBuilder java = new StringBuilder();
    boolean inClass = false;
    for (int i = 0; i < ecma.length(); i++) {
      char c = ecma.charAt(i);
      if (c == '\\' && i + 1 < ecma.length()) {
        java.append(c).append(ecma.charAt(++i));
        continue;
      }
      inClass = c == '[' || (inClass && c != ']');
      java.append(c == '$' && !inClass ? "\\z" : String.valueOf(c));
    }
    return java.toString();
  }

  @Override
  public Result evaluate(EvaluationContext context, JsonNode node) {
    if (!node.isString() || pattern.matcher(node.asString()).find()) {
      return Result.success();
    }
    return Result.failure("does not match " + pattern);
  }
}
