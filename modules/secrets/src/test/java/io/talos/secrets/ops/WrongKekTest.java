package io.talos.secrets.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.runtime.settings.Settings;
import io.talos.secrets.envelope.KekId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * An operator's slip with the key-encryption keys is noticed at start-up, not at the first read.
 */
class WrongKekTest {
  private static final String KEY = "A".repeat(43);

  @Test
  void the_current_key_and_an_older_one_are_found_and_an_unknown_one_is_not() {
    ConfiguredKeks keks =
        keks(Map.of("talos.kek.current", "k2", "talos.kek.k2", KEY, "talos.kek.k1", KEY));

    assertThat(keks.current()).isEqualTo(new KekId("k2"));
    assertThat(keks.find(new KekId("k1"))).isPresent();
    assertThat(keks.find(new KekId("k3"))).isEmpty();
  }

  @Test
  void no_current_key_or_an_impossible_id_stops_the_server() {
    refused(() -> keks(Map.of()));
    refused(() -> keks(Map.of("talos.kek.current", "Not An Id")));
    refused(() -> keks(Map.of("talos.kek.current", "current")));
  }

  @Test
  void a_key_of_the_wrong_size_or_alphabet_is_refused_and_not_shown() {
    for (String key : new String[] {"AAAA", KEY + "A", KEY + "=", "not+base64url/".repeat(3)}) {
      ConfiguredKeks keks = keks(Map.of("talos.kek.current", "k1", "talos.kek.k1", key));

      refused(() -> keks.find(new KekId("k1")));
      assertThatThrownBy(() -> keks.find(new KekId("k1"))).message().doesNotContain(key);
    }
  }

  private static ConfiguredKeks keks(Map<String, String> values) {
    return new ConfiguredKeks(new Settings(key -> Optional.ofNullable(values.get(key))));
  }

  private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID));
  }
}
