package io.talos.policy.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Mallory says so much in a question that what a denial looks at would fall out of it. */
class StuffedQuestionTest {
  private static AccessQuestion question(
      Set<String> groups, String resource, Map<String, String> properties) {
    return new AccessQuestion(
        "user",
        "olga",
        groups,
        Optional.empty(),
        Optional.empty(),
        "a2a:session:read",
        "session",
        resource,
        properties);
  }

  private static Map<String, String> properties(int count) {
    Map<String, String> properties = new HashMap<>();
    IntStream.range(0, count).forEach(i -> properties.put("p" + i, "v"));
    return properties;
  }

  private static Set<String> groups(int count) {
    return IntStream.range(0, count).mapToObj(i -> "g" + i).collect(Collectors.toSet());
  }

  @Test
  void what_fits_is_asked_whole() {
    AccessQuestion full = question(groups(64), "s1", properties(15));

    assertThat(full.isExpressible()).isTrue();
    assertThat(full.scope().attributes()).hasSize(16);
  }

  @Test
  void one_more_of_anything_is_not_cut_off_but_refused() {
    assertThat(question(groups(64), "s1", properties(16)).isExpressible()).isFalse();
    assertThat(question(groups(65), "s1", Map.of()).isExpressible()).isFalse();
    assertThat(question(Set.of(), "s".repeat(2049), Map.of()).isExpressible()).isFalse();
  }

  @Test
  void what_no_binding_could_name_is_refused() {
    assertThat(question(Set.of(), "", Map.of()).isExpressible()).isFalse();
    assertThat(question(Set.of(""), "s1", Map.of()).isExpressible()).isFalse();
    assertThat(question(Set.of(), "s1", Map.of("level", "")).isExpressible()).isFalse();
    assertThat(question(Set.of(), "s1", Map.of("a b", "v")).isExpressible()).isFalse();
  }
}
