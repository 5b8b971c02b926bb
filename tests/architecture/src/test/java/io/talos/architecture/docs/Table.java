package io.talos.architecture.docs;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A table in Markdown; a cell keeps to its column whatever it holds. */
final class Table {
  private final StringBuilder text = new StringBuilder();
  private final int columns;

  Table(String... heads) {
    columns = heads.length;
    row(heads);
    text.append("|").append("---|".repeat(columns)).append('\n');
  }

  void row(String... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException("a row has " + columns + " cells");
    }
    text.append(
        Arrays.stream(cells)
            .map(cell -> cell.replace("|", "\\|").replace("\n", " ").strip())
            .collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  /** A name that stands as it is, such as a key or a path. */
  static String code(String name) {
    return name.isEmpty() ? "" : "`" + name + "`";
  }

  /** Words of a registry, none of which may turn into a tag. */
  static String words(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
