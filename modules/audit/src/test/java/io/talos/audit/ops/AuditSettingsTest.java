package io.talos.audit.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.runtime.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Settings that would break every verifier stop the server instead. */
class AuditSettingsTest {
  private static AuditSettings read(Map<String, String> values) {
    return AuditSettings.read(new Settings(key -> Optional.ofNullable(values.get(key))));
  }

  @Test
  void the_origin_is_the_logs_address_without_its_scheme() {
    assertThat(read(Map.of()).origin()).isEqualTo("127.0.0.1:9080/audit/log");
    assertThat(read(Map.of("talos.base.url", "https://talos.example/base/")).origin())
        .isEqualTo("talos.example/base/audit/log");
    assertThat(read(Map.of("talos.audit.origin", "log.example/7")).origin())
        .isEqualTo("log.example/7");
  }

  @Test
  void a_node_or_origin_that_no_checkpoint_could_hold_is_refused() {
    for (Map<String, String> wrong :
        List.of(
            Map.of("talos.node", "node 1"),
            Map.of("talos.node", "a/b"),
            Map.of("talos.audit.durability", "sometimes"),
            Map.of("talos.audit.origin", "a+b"),
            Map.of("talos.audit.origin", "a b"),
            Map.of("talos.base.url", "nowhere"))) {
      assertThatThrownBy(() -> read(wrong))
          .isInstanceOfSatisfying(
              TalosException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID));
    }
  }
}
