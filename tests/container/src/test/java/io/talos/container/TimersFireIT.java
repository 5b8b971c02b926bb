package io.talos.container;

import static io.talos.container.library.Place.FIRST_EJB;
import static io.talos.container.library.Place.LIBRARY;
import static io.talos.container.library.Place.SECOND_EJB;
import static io.talos.container.library.Place.TESTED_WAR;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.container.library.Ticks;
import io.talos.container.tested.Patiently;
import io.talos.container.tested.Rows;
import io.talos.contracts.SecretBytes;
import io.talos.secrets.PutSecret;
import jakarta.inject.Inject;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;

/** The log is written by a timer; one that does not fire leaves every event without a proof. */
@ArquillianTest
@SuppressWarnings("NullAway.Init") // the container fills the fields
class TimersFireIT {
  private static final int OFTEN = 3;

  @Inject Ticks ticks;
  @Inject PutSecret putSecret;
  @Inject Rows rows;

  @Deployment
  static EnterpriseArchive application() {
    return TestedEar.with(TimersFireIT.class);
  }

  @Test
  void an_event_becomes_a_leaf_of_the_log_and_nobody_asked_for_it() {
    String name = "alice-" + UUID.randomUUID();
    try (SecretBytes value = SecretBytes.utf8("a value")) {
      putSecret.put(name, value);
    }

    Patiently.until("the event is in the log", () -> rows.leaves(name) == 1);

    assertThat(rows.events(name)).isEqualTo(1);
    assertThat(rows.waiting(name)).isZero();
  }

  @Test
  void a_schedule_fires_in_an_ejb_module_and_in_a_web_module_but_never_in_a_library() {
    int first = ticks.of(FIRST_EJB);
    int tested = ticks.of(TESTED_WAR);

    Patiently.until("the EJB module's schedule", () -> ticks.of(FIRST_EJB) >= first + OFTEN);
    Patiently.until("the web module's schedule", () -> ticks.of(TESTED_WAR) >= tested + OFTEN);

    assertThat(ticks.of(LIBRARY)).isZero();
  }

  @Test
  void a_timer_that_a_startup_bean_sets_fires() {
    int second = ticks.of(SECOND_EJB);

    Patiently.until("the timer", () -> ticks.of(SECOND_EJB) >= second + OFTEN);
  }
}
