package io.talos.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Mallory wants the policy to hear of another thing than the one the path names. */
class PathParametersTest {
  @Test
  void a_template_without_names_has_no_values() {
    assertThat(PathParameters.of("/policy/surfaces", "/policy/surfaces")).isEmpty();
  }

  @Test
  void every_name_has_the_value_at_its_place() {
    assertThat(PathParameters.of("/a2a/groups/{id}/members/{did}", "/a2a/groups/g1/members/d2"))
        .containsExactlyInAnyOrderEntriesOf(Map.of("id", "g1", "did", "d2"));
  }

  @Test
  void a_value_is_decoded_once_and_a_plus_sign_stays_one() {
    assertThat(PathParameters.of("/secrets/{name}", "/secrets/a%20b+c"))
        .containsEntry("name", "a b+c");
    assertThat(PathParameters.of("/secrets/{name}", "/secrets/%C3%A4"))
        .containsEntry("name", "\u00e4");
  }

  @Test
  void the_last_name_may_take_the_rest_of_the_path() {
    assertThat(PathParameters.of("/audit/log/tile/{tile+}", "/audit/log/tile/0/x001/234"))
        .containsEntry("tile", "0/x001/234");
  }
}
