package io.talos.architecture.registry;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of the project.
 *
 * @param path from the root, with slashes
 * @param text all of it
 */
record Source(String path, String text) {
  private static final Pattern COMMENT_OR_LITERAL =
      Pattern.compile(
          "(?<literal>\"\"\"(?s:.*?)\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*+\"|'(?:\\\\.|[^'\\\\\\n])++')"
              + "|//[^\\n]*+|/\\*(?s:.*?)\\*/");

  /** The Java text without its comments; what a comment says is no use of anything. */
  String code() {
    return COMMENT_OR_LITERAL
        .matcher(text)
        .replaceAll(
            found -> {
              String literal = found.group(1);
              return literal == null ? " " : Matcher.quoteReplacement(literal);
            });
  }

  boolean isJava() {
    return path.endsWith(".java");
  }

  /** Java that ships. */
  boolean isMain() {
    return isJava() && path.contains("src/main/java/");
  }

  /** Java that tests; this module has rules and bad examples, but no stories. */
  boolean isStory() {
    return isJava() && path.contains("src/test/java/") && !path.startsWith("tests/architecture/");
  }

  long lines() {
    return text.lines().count();
  }
}
