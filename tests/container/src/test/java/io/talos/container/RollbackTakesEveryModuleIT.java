package io.talos.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.container.tested.Rows;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.audit.RequestContext;
import io.talos.contracts.channel.IdentityKey;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.event.SecretStored;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.principal.AuthMode;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.principal.PrincipalKind;
import io.talos.identity.RegisterAgent;
import io.talos.identity.agents.Registration;
import io.talos.runtime.request.CurrentRequest;
import io.talos.secrets.PutSecret;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.TransactionRequiredException;
import jakarta.transaction.TransactionalException;
import jakarta.transaction.UserTransaction;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;

/**
 * Change and evidence are one: no change without its event, no event without its change, and no
 * number of a source spent on what never happened.
 */
@ArquillianTest
@SuppressWarnings("NullAway.Init") // the container fills the fields
class RollbackTakesEveryModuleIT {
  private final String secret = "alice-" + UUID.randomUUID();

  @Inject UserTransaction transaction;
  @Inject PutSecret putSecret;
  @Inject RegisterAgent registerAgent;
  @Inject Event<SecretStored> stored;
  @Inject CurrentRequest current;
  @Inject UuidV7Generator ids;
  @Inject Rows rows;

  @Deployment
  static EnterpriseArchive application() {
    return TestedEar.with(RollbackTakesEveryModuleIT.class);
  }

  @Test
  void a_rollback_takes_two_modules_rows_and_their_events_with_it() throws Exception {
    long events = rows.events();
    long steps = rows.steps();

    transaction.begin();
    String alice = registerAlice();
    put("a value");
    assertThat(rows.agents(alice)).isEqualTo(1);
    assertThat(rows.secrets(secret)).isEqualTo(1);
    assertThat(rows.waiting(alice)).isEqualTo(1);
    assertThat(rows.waiting(secret)).isEqualTo(1);
    assertThat(rows.steps()).isEqualTo(steps + 2);
    transaction.rollback();

    assertThat(rows.agents(alice)).isZero();
    assertThat(rows.secrets(secret)).isZero();
    assertThat(rows.events(alice)).isZero();
    assertThat(rows.events(secret)).isZero();
    assertThat(rows.events()).isEqualTo(events);
    assertThat(rows.steps()).isEqualTo(steps);
  }

  @Test
  void a_commit_keeps_two_modules_rows_and_their_events_without_a_gap() throws Exception {
    long steps = rows.steps();

    transaction.begin();
    String alice = registerAlice();
    put("a value");
    transaction.commit();

    assertThat(rows.agents(alice)).isEqualTo(1);
    assertThat(rows.secrets(secret)).isEqualTo(1);
    assertThat(rows.events(alice)).isEqualTo(1);
    assertThat(rows.events(secret)).isEqualTo(1);
    assertThat(rows.steps()).isEqualTo(steps + 2);
    assertThat(rows.sourcesWithGaps()).isZero();
  }

  @Test
  void an_event_that_is_fired_outside_of_a_transaction_is_refused() {
    long steps = rows.steps();

    assertThatThrownBy(() -> stored.fire(new SecretStored(secret, 1, "dev1")))
        .isInstanceOf(TransactionalException.class)
        .hasCauseInstanceOf(TransactionRequiredException.class);

    assertThat(rows.events(secret)).isZero();
    assertThat(rows.steps()).isEqualTo(steps);
  }

  @Test
  void a_change_whose_event_the_database_refuses_did_not_happen() {
    put("the first value");
    long events = rows.events();
    long steps = rows.steps();
    // PostgreSQL, "Character Types": no text holds the character of code zero.
    becomeOperator("operator:mallory\0");

    assertThatThrownBy(() -> put("the second value")).isInstanceOf(PersistenceException.class);

    assertThat(rows.secrets(secret)).isEqualTo(1);
    assertThat(rows.version(secret)).isEqualTo(1);
    assertThat(rows.events()).isEqualTo(events);
    assertThat(rows.steps()).isEqualTo(steps);
    assertThat(rows.sourcesWithGaps()).isZero();
  }

  private void put(String text) {
    try (SecretBytes value = SecretBytes.utf8(text)) {
      assertThat(putSecret.put(secret, value)).isInstanceOf(PutSecret.Stored.class);
    }
  }

  /** A new agent each time, named Alice; its DID. */
  private String registerAlice() {
    Ed25519.KeyPair pair = Ed25519.generate(Randomness.secure());
    IdentityKey key = IdentityKey.certify(pair, X25519.generate(Randomness.secure()).publicKey());
    var alice = new Principal(PrincipalKind.AGENT, key.did(), Set.of("agent"), AuthMode.SIGNED);
    boolean registered =
        registerAgent
            .register(alice, new Registration(key, Optional.of("Alice")))
            .match(agent -> true, code -> false);
    assertThat(registered).isTrue();
    return key.did();
  }

  private void becomeOperator(String id) {
    current.become(
        new RequestContext(
            ids.next(Instant.now()),
            Optional.empty(),
            "secrets.put",
            "PUT",
            "/secrets/{name}",
            "127.0.0.1",
            new Principal(PrincipalKind.OPERATOR, id, Set.of("operator"), AuthMode.BEARER)));
  }
}
