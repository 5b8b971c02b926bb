package io.talos.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A person who mistypes a setting is told which one and what is wrong with it. */
class StackSettingsTest {
  private static final Map<String, String> REQUIRED =
      Map.of(
          "talos.root",
          "/srv/talos",
          "talos.liberty.zip",
          "/z.zip",
          "talos.ear",
          "/e.ear",
          "talos.jdbc",
          "/j.jar");

  private static StackSettings with(String... namesAndValues) {
    var properties = new HashMap<>(REQUIRED);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return StackSettings.from(properties::get);
  }

  @Test
  void a_newcomer_who_sets_nothing_gets_the_documented_defaults() {
    var settings = with();

    assertThat(settings.ports())
        .isEqualTo(new Ports(9080, 9443, 15432, 15433, 16379, 17080, 17081));
    assertThat(settings.dataFolder()).isEqualTo(Path.of("/srv/talos/.talos/run"));
    assertThat(settings.cache()).isEqualTo(Path.of("/srv/talos/.talos"));
    assertThat(settings.liberty().config()).isEqualTo(Path.of("/srv/talos/liberty-config"));
    assertThat(settings.libertyMemory()).isEqualTo("512m");
    assertThat(settings.libertyOptimize()).isFalse();
    assertThat(settings.postgresSynchronous()).isFalse();
  }

  @Test
  void a_property_that_maven_passes_empty_counts_as_absent() {
    assertThat(with("talos.http.port", "", "talos.data", " ", "talos.pg.synchronous", ""))
        .isEqualTo(with());
  }

  @Test
  void a_value_that_is_set_wins() {
    var settings =
        with("talos.http.port", "8080", "talos.data", "other", "talos.liberty.memory", "2g");

    assertThat(settings.ports().http()).isEqualTo(8080);
    assertThat(settings.dataFolder()).isEqualTo(Path.of("/srv/talos/other"));
    assertThat(settings.libertyMemory()).isEqualTo("2g");
  }

  @Test
  void a_wrong_value_is_refused_by_the_name_of_its_setting() {
    assertThatThrownBy(() -> with("talos.pg.port", "fifteen"))
        .isInstanceOf(LaunchFailed.class)
        .hasMessageContaining("talos.pg.port");
    assertThatThrownBy(() -> with("talos.pg.port", "70000"))
        .isInstanceOf(LaunchFailed.class)
        .hasMessageContaining("70000");
    assertThatThrownBy(() -> with("talos.pg.synchronous", "yes"))
        .isInstanceOf(LaunchFailed.class)
        .hasMessageContaining("talos.pg.synchronous");
    assertThatThrownBy(() -> with("talos.liberty.memory", "lots"))
        .isInstanceOf(LaunchFailed.class)
        .hasMessageContaining("talos.liberty.memory");
  }

  @Test
  void two_servers_on_one_port_are_refused_before_either_starts() {
    assertThatThrownBy(() -> with("talos.http.port", "9443"))
        .isInstanceOf(LaunchFailed.class)
        .hasMessageContaining("same port");
  }

  @Test
  void a_missing_required_setting_is_named() {
    assertThatThrownBy(() -> StackSettings.from(name -> null))
        .isInstanceOf(LaunchFailed.class)
        .hasMessageContaining("talos.root");
  }

  @Test
  void a_stack_beside_another_shares_nothing_but_the_unpacked_servers() {
    var first = with();
    var second = first.beside(10_000, Path.of("/tmp/other"));

    assertThat(second.ports())
        .isEqualTo(new Ports(19080, 19443, 25432, 25433, 26379, 27080, 27081));
    assertThat(second.dataFolder()).isEqualTo(Path.of("/tmp/other"));
    assertThat(second.cache()).isEqualTo(first.cache());
  }
}
