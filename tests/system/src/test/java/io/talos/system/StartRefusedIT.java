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

  @Test
  void in_production_an_address_without_tls_stops_the_start_and_the_log_says_why() {
    assertThatThrownBy(
            () -> stack.launcher().startAnotherLiberty(PORT_OFFSET, Map.of("TALOS_MODE", "prod")))
        .isInstanceOf(LaunchFailed.class)
        .hasMessageContaining("talos.base.url is an https URL in prod");
    assertThat(stack.http().get("/health/ready").status()).isEqualTo(200);
  }
}
