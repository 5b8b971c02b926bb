package io.talos.client.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.log.LogKeys;
import io.talos.contracts.log.NoteSigner;
import io.talos.contracts.registry.Threat;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log changes its key while it is watched; Mallory, who stole the old one, signs on. */
@Threat("T-AUDITTAMPERING-01")
class ChangedKeyTest {
  private final ServedLog log = new ServedLog();
  private final NoteSigner old = log.signer;
  private final NoteSigner fresh =
      new NoteSigner(old.name(), Ed25519.generate(Randomness.secure()));
  private final LogWatch watch = new LogWatch(Optional.empty());
  private Watched seen = Watched.nothing(old.verifier(), ServedLog.NOW);

  @TempDir Path folder;

  @BeforeEach
  void a_log_that_named_its_second_key_after_300_entries() {
    log.grow(300);
    seen = looked();
    log.beside = List.of(fresh);
    log.keyProofs.add(log.named(LogKeys.ADDED, fresh.verifier(), old.verifier()));
    log.grow(20);
  }

  private Watched looked() {
    return watch
        .look(seen, log, ServedLog.NOW)
        .match(
            Look.Holds::now,
            alarm -> {
              throw new AssertionError(alarm.code() + ": " + alarm.why());
            });
  }

  private void retired() {
    log.signer = fresh;
    log.beside = List.of();
    log.grow(40);
  }

  private void assertAlarm() {
    assertThat(watch.look(seen, log, ServedLog.NOW))
        .isInstanceOfSatisfying(
            Look.Alarm.class, alarm -> assertThat(alarm.code()).isEqualTo(ErrorCode.PROOF_INVALID));
  }

  @Test
  void while_both_sign_nothing_changes() {
    assertThat(looked().log()).isEqualTo(old.verifier());
  }

  @Test
  void a_watch_that_slept_through_it_all_goes_on_under_the_new_key() {
    retired();

    Watched now = looked();

    assertThat(now.log()).isEqualTo(fresh.verifier());
    assertThat(now.given()).isEqualTo(old.verifier());
    assertThat(now.size()).isEqualTo(361);
  }

  @Test
  void its_file_is_found_by_the_key_that_it_was_given() {
    retired();
    WatchFile file = new WatchFile(folder.resolve("watched.json"));
    file.keep(looked());

    Watched again = file.read(old.verifier(), ServedLog.NOW);

    assertThat(again.log()).isEqualTo(fresh.verifier());
    assertThat(file.read(fresh.verifier(), ServedLog.NOW)).isEqualTo(again);
  }

  @Test
  void a_key_that_nobody_vouches_for_is_an_alarm() {
    retired();
    log.keyProofs.clear();

    assertAlarm();
  }

  @Test
  void the_old_key_counts_for_nothing_once_the_new_one_signed_alone() {
    retired();
    seen = looked();
    log.grow(5);
    log.signer = old;

    assertAlarm();
  }

  @Test
  void a_key_that_mallory_names_under_her_own_signature_is_not_followed() {
    NoteSigner mallory = new NoteSigner(old.name(), Ed25519.generate(Randomness.secure()));
    log.signer = mallory;
    log.beside = List.of();
    log.keyProofs.clear();
    log.keyProofs.add(log.named(LogKeys.ADDED, mallory.verifier(), old.verifier()));

    assertAlarm();
  }

  @Test
  void another_history_under_the_new_key_is_a_fork_all_the_same() {
    seen = looked();
    retired();
    log.entries.set(7, ServedLog.entry(7, "node-1/1", 2, "x.y"));

    assertThat(watch.look(seen, log, ServedLog.NOW))
        .isInstanceOfSatisfying(
            Look.Alarm.class,
            alarm -> assertThat(alarm.code()).isEqualTo(ErrorCode.AUDIT_LOG_FORKED));
  }
}
