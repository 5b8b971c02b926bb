package io.talos.container;

import static io.talos.container.library.Place.FIRST_EJB;
import static io.talos.container.library.Place.LIBRARY;
import static io.talos.container.library.Place.OTHER_WAR;
import static io.talos.container.library.Place.SECOND_EJB;
import static io.talos.container.library.Place.TESTED_WAR;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.container.library.RollCall;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Where events and injection reach. Between EJB modules and from a web module into them, CDI
 * promises it; that events also reach web modules is Open Liberty's own behaviour, on which nothing
 * of Talos should come to rest unseen: when it changes, this test tells.
 */
@ArquillianTest
@SuppressWarnings("NullAway.Init") // the container fills the fields
class EventsReachEveryModuleIT {
  private static final Set<String> EVERYWHERE =
      Set.of(LIBRARY, FIRST_EJB, SECOND_EJB, TESTED_WAR, OTHER_WAR);
  private static final Set<String> SHARED = Set.of(LIBRARY, FIRST_EJB, SECOND_EJB);

  @Inject Event<RollCall> calls;
  private Map<String, RollCall.Answer> answers;

  @Deployment
  static EnterpriseArchive application() {
    return TestedEar.with(EventsReachEveryModuleIT.class);
  }

  @BeforeEach
  void call_the_roll() {
    RollCall call = RollCall.fresh();
    calls.fire(call);
    answers = call.answers();
    assertThat(answers.keySet()).as("who hears the tested web module").isEqualTo(EVERYWHERE);
  }

  @Test
  void an_event_is_heard_in_every_module_wherever_it_is_fired() {
    assertThat(each(RollCall.Answer::heardBy))
        .isEqualTo(
            Map.of(
                LIBRARY, EVERYWHERE,
                FIRST_EJB, EVERYWHERE,
                SECOND_EJB, EVERYWHERE,
                TESTED_WAR, EVERYWHERE,
                OTHER_WAR, EVERYWHERE));
  }

  @Test
  void a_bean_of_a_web_module_can_be_injected_there_only() {
    assertThat(each(RollCall.Answer::injectable))
        .isEqualTo(
            Map.of(
                LIBRARY, SHARED,
                FIRST_EJB, SHARED,
                SECOND_EJB, SHARED,
                TESTED_WAR, Set.of(LIBRARY, FIRST_EJB, SECOND_EJB, TESTED_WAR),
                OTHER_WAR, Set.of(LIBRARY, FIRST_EJB, SECOND_EJB, OTHER_WAR)));
  }

  @Test
  void a_port_that_the_secrets_module_implements_can_be_injected_in_every_module() {
    assertThat(each(RollCall.Answer::hasVault))
        .isEqualTo(
            Map.of(
                LIBRARY, true,
                FIRST_EJB, true,
                SECOND_EJB, true,
                TESTED_WAR, true,
                OTHER_WAR, true));
  }

  private <T> Map<String, T> each(Function<RollCall.Answer, T> what) {
    Map<String, T> told = new TreeMap<>();
    answers.forEach((place, answer) -> told.put(place, what.apply(answer)));
    return told;
  }
}
