package io.talos.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.SecretBytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A family of secret settings gives out its declared members and nothing else. */
class SecretFamilyTest {
  private final Map<String, String> values = new HashMap<>();
  private final Settings settings = new Settings(key -> Optional.ofNullable(values.get(key)));

  @Test
  void a_member_is_read_and_one_that_is_not_set_is_absent() {
    values.put("talos.kek.k1", "AQID");

    assertThat(settings.secret("talos.kek.*", "k1"))
        .contains(SecretBytes.of((byte) 1, (byte) 2, (byte) 3));
    assertThat(settings.secret("talos.kek.*", "k2")).isEmpty();
  }

  @Test
  void no_name_leads_out_of_the_family() {
    values.put("talos.redis.password", "AQID");
    values.put("talos.kek.current", "AQID");
    for (String name : new String[] {"current", "", "../redis", "a.b", "K1", "*", "a".repeat(33)}) {
      refused(() -> settings.secret("talos.kek.*", name));
    }
  }

  @Test
  void only_a_declared_family_of_secrets_can_be_asked() {
    refused(() -> settings.secret("talos.redis.*", "password"));
    refused(() -> settings.secret("talos.redis.password", "x"));
    refused(() -> settings.secret("*", "x"));
  }

  @Test
  void a_family_is_no_setting_and_its_effective_value_is_not_shown() {
    values.put("talos.kek.k1", "AQID");
    values.put("talos.kek.current", "k1");

    refused(() -> settings.text("talos.kek.*"));
    refused(() -> settings.secret("talos.kek.*"));
    assertThat(settings.effective("secrets"))
        .containsEntry("talos.kek.*", "[secret]")
        .containsEntry("talos.kek.current", "k1");
  }

  private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID));
  }
}
