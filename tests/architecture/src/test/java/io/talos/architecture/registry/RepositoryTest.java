package io.talos.architecture.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The repository says nothing of the machine that it was written on, and stays readable. */
class RepositoryTest {
  private static final String README = "README.md";
  private static final int README_LINES_MAX = 120;
  private static final int JAVA_LINES_MAX = 500;

  /** Homes and work folders of people and machines; put together so that this file has none. */
  private static final Pattern MACHINE_PATH =
      Pattern.compile(
          "(?<![A-Za-z0-9_.}~-])/(?:"
              + String.join("|", "work", "root", "home/[a-z]", "Users/[A-Z]")
              + ")\\b"
              + "|[A-Z]:\\\\+"
              + "Users");

  /** Package registries and mirrors: which one a build asks is the builder's own setting. */
  private static final Pattern REGISTRY_HOST =
      Pattern.compile(
          String.join(
              "|",
              host("repo", "maven", "apache", "org"),
              host("repo1", "maven", "org"),
              host("central", "sonatype", "com"),
              host("oss", "sonatype", "org"),
              host("registry", "npmjs", "org"),
              host("pypi", "org"),
              host("files", "pythonhosted", "org"),
              host("proxy", "golang", "org"),
              host("index", "crates", "io"),
              host("plugins", "gradle", "org"),
              host("docker", "io"),
              host("ghcr", "io"),
              "\\bartifactory" + "\\.",
              "<(?:pluginR|r)epositor" + "(?:y|ies)>"));

  private final Tree tree = Tree.ofTalos();

  private static String host(String... labels) {
    return "\\b" + String.join("\\.", labels) + "\\b";
  }

  @Test
  void no_file_names_a_path_of_a_machine_or_a_registry() {
    List<Path> here = List.of(tree.root(), Path.of(System.getProperty("user.home")));

    assertThat(problems(tree, here)).isEmpty();
  }

  @Test
  void readme_and_java_files_can_be_read_in_one_go() {
    assertThat(lengthProblems(tree)).isEmpty();
  }

  @Test
  void long_files_are_found(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("README.md"), "x\n".repeat(README_LINES_MAX + 1));
    Files.writeString(folder.resolve("Bad.java"), "x\n".repeat(JAVA_LINES_MAX + 1));
    Files.writeString(folder.resolve("Good.java"), "x\n".repeat(JAVA_LINES_MAX));

    assertThat(lengthProblems(new Tree(folder)))
        .containsExactly("Bad.java has 501 lines", "README.md has 121 lines");
  }

  @Test
  void a_missing_readme_is_found(@TempDir Path folder) {
    assertThat(lengthProblems(new Tree(folder))).containsExactly("README.md is missing");
  }

  @Test
  void bad_lines_are_found_and_what_a_build_leaves_is_not_read(@TempDir Path folder)
      throws Exception {
    Files.writeString(folder.resolve("a.md"), "see /" + "work/main");
    Files.writeString(folder.resolve("b.xml"), "<url>https://repo" + "1.maven.org/</url>");
    Files.writeString(folder.resolve("c.txt"), "kept in " + folder);
    Files.writeString(
        folder.resolve("good.md"), "a framework/rooting at https://talos.invalid/work");
    Files.createDirectory(folder.resolve("target"));
    Files.writeString(folder.resolve("target").resolve("d.txt"), "see /" + "root/x");

    assertThat(problems(new Tree(folder), List.of(folder)))
        .containsExactly(
            "a.md:1 names a path of a machine",
            "b.xml:1 names a registry",
            "c.txt:1 names a path of a machine");
  }

  static List<String> lengthProblems(Tree tree) {
    List<String> problems = new ArrayList<>();
    for (Source source : tree.sources(path -> path.endsWith(".java") || path.equals(README))) {
      int most = source.isJava() ? JAVA_LINES_MAX : README_LINES_MAX;
      if (source.lines() > most) {
        problems.add(source.path() + " has " + source.lines() + " lines");
      }
    }
    if (!tree.has(README)) {
      problems.add(README + " is missing");
    }
    return problems;
  }

  static List<String> problems(Tree tree, List<Path> pathsOfThisMachine) {
    Pattern path = machinePath(pathsOfThisMachine);
    List<String> problems = new ArrayList<>();
    for (Source source : tree.sources(name -> true)) {
      List<String> lines = source.text().lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        String where = source.path() + ":" + (i + 1);
        if (path.matcher(lines.get(i)).find()) {
          problems.add(where + " names a path of a machine");
        }
        if (REGISTRY_HOST.matcher(lines.get(i)).find()) {
          problems.add(where + " names a registry");
        }
      }
    }
    return problems;
  }

  /** The usual paths and these; a path of one name is too common a word to be told from others. */
  private static Pattern machinePath(List<Path> pathsOfThisMachine) {
    return Pattern.compile(
        pathsOfThisMachine.stream()
            .filter(path -> path.getNameCount() > 1)
            .map(path -> "(?<![\\w.])" + Pattern.quote(path.toString()) + "(?![\\w-])")
            .collect(Collectors.joining("|", MACHINE_PATH + "|", ""))
            .replaceFirst("\\|$", ""));
  }
}
