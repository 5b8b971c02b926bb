package io.talos.policy.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.registry.Threat;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The aim: to be forgotten by the node that should refuse. */
@Threat("T-CAPABILITYABUSE-01")
class ForgottenRevocationTest {
  private final TestRevocations truth = new TestRevocations();
  private final RevokedIds node = new RevokedIds(truth, Randomness.secure());

  @Test
  void every_revoked_id_is_found_and_no_other_is() {
    for (int i = 0; i < 100_000; i++) {
      truth.add(id("revoked", i));
    }
    node.catchUp(Long.MAX_VALUE);

    for (int i = 0; i < 100_000; i++) {
      assertThat(node.containsAnyOf(List.of(id("good", i), id("revoked", i)))).isTrue();
      assertThat(node.containsAnyOf(List.of(id("good", i)))).isFalse();
    }
    assertThat(node.epoch()).isEqualTo(100_000);
  }

  @Test
  void a_node_reads_only_what_is_new() {
    for (int i = 0; i < 1000; i++) {
      truth.add(id("old", i));
    }
    node.catchUp(Long.MAX_VALUE);
    truth.add(id("new", 1));

    node.catchUp(Long.MAX_VALUE);
    node.catchUp(Long.MAX_VALUE);

    assertThat(node.containsAnyOf(List.of(id("new", 1)))).isTrue();
    assertThat(truth.idsRead()).isEqualTo(1001);
  }

  @Test
  void a_revoked_id_that_is_shown_again_and_again_costs_the_truth_one_question() {
    truth.add(id("mallory", 1));
    node.catchUp(Long.MAX_VALUE);

    for (int i = 0; i < 1000; i++) {
      assertThat(node.containsAnyOf(List.of(id("mallory", 1)))).isTrue();
    }

    assertThat(truth.confirmations()).isEqualTo(1);
  }

  @Test
  void a_database_that_was_restored_to_another_history_is_read_from_its_beginning() {
    Switched database = new Switched(truth);
    RevokedIds survivor = new RevokedIds(database, Randomness.secure());
    for (int i = 0; i < 10; i++) {
      truth.add(id("before", i));
    }
    survivor.catchUp(Long.MAX_VALUE);
    TestRevocations restored = TestRevocations.of(id("before", 0), id("after", 1));
    for (int i = 0; i < 20; i++) {
      restored.add(id("later", i));
    }

    database.to = restored;
    survivor.catchUp(Long.MAX_VALUE);

    assertThat(survivor.epoch()).isEqualTo(22);
    assertThat(survivor.containsAnyOf(List.of(id("after", 1)))).isTrue();
    assertThat(survivor.containsAnyOf(List.of(id("before", 5)))).isFalse();
  }

  @Test
  void readers_that_saw_an_epoch_find_every_id_up_to_it_while_the_set_grows()
      throws InterruptedException, ExecutionException {
    int ids = 50_000;
    ExecutorService threads = Executors.newFixedThreadPool(2);
    Future<List<Long>> missed =
        threads.submit(
            () -> {
              List<Long> lost = new ArrayList<>();
              for (long epoch = 0; epoch < ids; epoch = node.epoch()) {
                if (epoch > 0 && !node.containsAnyOf(List.of(id("id", (int) epoch - 1)))) {
                  lost.add(epoch);
                }
              }
              return lost;
            });
    for (int i = 0; i < ids; i++) {
      truth.add(id("id", i));
      if (i % 7 == 0) {
        node.catchUp(Long.MAX_VALUE);
      }
    }
    node.catchUp(Long.MAX_VALUE);

    assertThat(missed.get()).isEmpty();
    threads.shutdownNow();
  }

  private static final class Switched implements Revocations {
    private Revocations to;

    Switched(Revocations to) {
      this.to = to;
    }

    @Override
    public Head head() {
      return to.head();
    }

    @Override
    public Page after(long epoch, int max) {
      return to.after(epoch, max);
    }

    @Override
    public boolean containsAnyOf(List<Bytes> ids) {
      return to.containsAnyOf(ids);
    }
  }

  private static Bytes id(String name, int number) {
    return Sha256.of(Bytes.utf8(name + number));
  }
}
