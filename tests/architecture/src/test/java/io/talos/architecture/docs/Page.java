package io.talos.architecture.docs;

/**
 * A page that a registry prints.
 *
 * @param path from the project's root
 * @param text all of it
 */
record Page(String path, String text) {
  /** Starts every printed page, so that nobody mends it by hand. */
  static String head(String title, String source) {
    return "<!-- Printed from "
        + source
        + "; `mvn test -Dtalos.docs.write=true` in tests/architecture writes it anew. -->\n# "
        + title
        + "\n\n";
  }
}
