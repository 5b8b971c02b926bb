package io.talos.architecture.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who follows a link arrives, and who starts at the map finds every page. */
class LinksTest {
  private final Links links = new Links(Project.ofTalos().root());

  @Test
  void every_link_leads_somewhere() {
    assertThat(links.broken()).isEmpty();
  }

  @Test
  void every_page_is_reached_from_the_map() {
    assertThat(links.unreached()).isEmpty();
  }

  @Test
  void links_that_lead_nowhere_are_found(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("b.md"),
        """
        # One & two

        ```
        # Not a heading
        ```
        """);
    Files.writeString(
        folder.resolve("a.md"),
        """
        [b](b.md) [b](b.md#one--two) [out](https://talos.invalid/) `[code](code.md)`
        [c](c.md) [b](b.md#not-a-heading) [up](../a.md)
        ```
        [fence](fence.md)
        ```
        """);

    assertThat(new Links(folder).broken())
        .containsExactly(
            "a.md links to c.md, which is not there",
            "a.md links to b.md#not-a-heading, which is not there",
            "a.md links to ../a.md, which is not there");
  }

  @Test
  void a_page_that_the_map_does_not_reach_is_found(@TempDir Path folder) throws Exception {
    Files.createDirectory(folder.resolve("docs"));
    Files.writeString(folder.resolve("docs/README.md"), "[a](a.md) [d](d)");
    Files.createDirectory(folder.resolve("docs/d"));
    Files.writeString(folder.resolve("docs/d/e.md"), "# e");
    Files.writeString(folder.resolve("docs/a.md"), "[b](b.md#b)");
    Files.writeString(folder.resolve("docs/b.md"), "# b");
    Files.writeString(folder.resolve("docs/c.md"), "[a](a.md)");

    assertThat(new Links(folder).unreached()).containsExactly("docs/c.md");
  }
}
