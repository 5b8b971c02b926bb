package io.talos.audit.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A client that has a file already is sent it again, or one that has another is not. */
class StaticFileTest {
  @Test
  void a_tag_is_known_in_every_form_in_which_it_may_be_named() {
    for (String line : List.of("\"ab\"", "W/\"ab\"", "\"x\", W/\"ab\"", "*", " \"ab\" ,\"y\"")) {
      assertThat(StaticFile.isKnown(List.of(line), "ab")).as(line).isTrue();
      assertThat(StaticFile.isKnown(List.of("\"z\"", line), "ab")).as(line).isTrue();
    }
  }

  @Test
  void nothing_else_is() {
    for (String line : List.of("", "ab", "\"abc\"", "\"AB\"", "w/\"ab\"", ",,", "\"ab-gzip\"")) {
      assertThat(StaticFile.isKnown(List.of(line), "ab")).as(line).isFalse();
    }
    assertThat(StaticFile.isKnown(null, "ab")).isFalse();
  }
}
