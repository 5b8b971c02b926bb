package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.launcher.LaunchFailed;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A server whose surroundings are not safe enough does not start. */
@OnTheStack
class StartRefusedIT {
  private static final int PORT_OFFSET = 100;

  private final Stack stack;

  StartRefusedIT(Stack stack) {
    this.stack = stack;
  }

  /** Which module is asked first, and who published and signed before, is open. */
  @Test
  void in_production_no_tls_and_an_unsigned_policy_stop_the_start_and_the_log_says_why() {
    assertThatThrownBy(
            () -> stack.launcher().startAnotherLiberty(PORT_OFFSET, Map.of("TALOS_MODE", "prod")))
        .isInstanceOf(LaunchFailed.class)
        .message()
        .containsAnyOf(
            "talos.base.url is an https URL in prod",
            "POLICY_SIGNATURE_REQUIRED",
            "POLICY_SIGNATURE_INVALID");
    assertThat(stack.http().get("/health/ready").status()).isEqualTo(200);
  }
}
