package io.talos.architecture.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages that registries print say what the registries say. */
class GeneratedPagesTest {
  private static final String WRITE = "talos.docs.write";

  private final Project project = Project.ofTalos();

  @Test
  void printed_pages_say_what_the_registries_say() throws Exception {
    if (Boolean.getBoolean(WRITE)) {
      write(project.root(), pages(project));
    }

    assertThat(differences(project, pages(project))).isEmpty();
  }

  @Test
  void a_page_that_was_mended_by_hand_or_is_missing_is_found(@TempDir Path folder)
      throws Exception {
    List<Page> pages = List.of(new Page("docs/a.md", "a\n"), new Page("docs/b.md", "b\n"));
    Files.createDirectory(folder.resolve("docs"));
    Files.writeString(folder.resolve("docs/a.md"), "mended\n");

    assertThat(differences(new Project(folder), pages))
        .containsExactly(
            "docs/a.md differs from its registry: mend the registry, then run with -Dtalos.docs.write=true",
            "docs/b.md differs from its registry: mend the registry, then run with -Dtalos.docs.write=true");

    write(folder, pages);
    assertThat(differences(new Project(folder), pages)).isEmpty();
  }

  @Test
  void a_cell_cannot_leave_its_column_and_words_are_no_tags() {
    Table table = new Table("a", "b");
    table.row("x | y", Table.words("TALOS_KEK_<ID>\n& more"));

    assertThat(table)
        .hasToString("| a | b |\n|---|---|\n| x \\| y | TALOS_KEK_&lt;ID> &amp; more |\n");
  }

  @Test
  void a_variable_of_the_server_without_a_default_must_be_set() {
    String xml =
        """
        <variable name="talos.pg.host" defaultValue="127.0.0.1"/>
        <!-- ${talos.pg.database} -->
        <properties serverName="${talos.pg.host}" password="${talos.pg.app.password}"/>
        """;

    assertThat(ServerVariables.read(xml))
        .extracting(ServerVariables.Variable::name, v -> v.standard().orElse("none"))
        .containsExactly(
            Tuple.tuple("talos.pg.host", "127.0.0.1"),
            Tuple.tuple("talos.pg.app.password", "none"));
  }

  private static List<Page> pages(Project project) {
    return List.of(
        ErrorsPage.of(project),
        SettingsPage.of(project),
        LogMessagesPage.of(project),
        SurfacesPage.of(project),
        EventKindsPage.of(project),
        ThreatsPage.of(project));
  }

  private static List<String> differences(Project project, List<Page> pages) {
    return pages.stream()
        .filter(
            page -> !project.hasFile(page.path()) || !project.text(page.path()).equals(page.text()))
        .map(
            page ->
                "%s differs from its registry: mend the registry, then run with -D%s=true"
                    .formatted(page.path(), WRITE))
        .toList();
  }

  private static void write(Path root, List<Page> pages) throws IOException {
    for (Page page : pages) {
      Files.writeString(root.resolve(page.path()), page.text(), StandardCharsets.UTF_8);
    }
  }
}
