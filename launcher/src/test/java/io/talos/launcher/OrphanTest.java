package io.talos.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A killed launcher left a note of pids; by now the system may have given one of them to a program
 * of somebody else.
 */
class OrphanTest {
  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
  private static final Duration SKEW = Duration.ofSeconds(2);
  private static final ProcessMark REDIS =
      new ProcessMark("redis", 4711, START, List.of("redis-server"));

  @Test
  void the_same_program_that_began_at_the_same_time_is_the_orphan() {
    assertThat(REDIS.describes(Optional.of(START), Optional.of("/opt/redis-server"), SKEW))
        .isTrue();
    assertThat(
            REDIS.describes(Optional.of(START.plus(SKEW)), Optional.of("/opt/redis-server"), SKEW))
        .isTrue();
  }

  @Test
  void a_program_that_began_at_another_time_is_a_stranger() {
    var later = START.plus(SKEW).plusMillis(1);

    assertThat(REDIS.describes(Optional.of(later), Optional.of("/opt/redis-server"), SKEW))
        .isFalse();
  }

  @Test
  void another_program_is_a_stranger_even_at_the_same_time() {
    assertThat(REDIS.describes(Optional.of(START), Optional.of("/usr/bin/vi"), SKEW)).isFalse();
  }

  @Test
  void a_process_that_hides_its_start_is_left_alone() {
    assertThat(REDIS.describes(Optional.empty(), Optional.of("/opt/redis-server"), SKEW)).isFalse();
  }

  @Test
  void our_own_pid_with_another_start_time_is_not_found() {
    var reused = new ProcessMark("redis", ProcessHandle.current().pid(), START, List.of("java"));

    assertThat(reused.find()).isEmpty();
  }

  @Test
  void a_live_marked_process_is_found_and_ended() throws IOException {
    var child = new ProcessBuilder("sleep", "60").start();
    var mark =
        ProcessMark.of(
            "sleeper",
            child.toHandle(),
            List.of("sleep", "coreutils", "busybox", "java", "jspawnhelper"));

    var found = mark.find();
    found.ifPresent(ProcessMark::end);

    assertThat(found).isPresent();
    assertThat(mark.find()).isEmpty();
  }

  @Test
  void what_the_stack_file_noted_is_read_back(@TempDir Path folder) {
    var file = folder.resolve("stack.json");
    var writer = new StackFile(file);
    writer.started(REDIS);
    writer.started(new ProcessMark("liberty", 1, START, List.of("java", "sh")));
    var restarted = new ProcessMark("redis", 4712, START.plusSeconds(60), List.of("redis-server"));
    writer.started(restarted);

    assertThat(new StackFile(file).leftByPredecessor())
        .containsExactlyInAnyOrder(
            restarted, new ProcessMark("liberty", 1, START, List.of("java", "sh")));
  }

  @Test
  void a_damaged_stack_file_is_named_and_not_guessed_at(@TempDir Path folder) throws IOException {
    var file = folder.resolve("stack.json");
    Files.writeString(file, "[{\"name\":");

    assertThatThrownBy(() -> new StackFile(file).leftByPredecessor())
        .isInstanceOf(LaunchFailed.class)
        .hasMessageContaining("stack.json");
  }

  @Test
  void a_postmaster_file_gives_pid_and_start_and_a_torn_one_gives_nothing() {
    assertThat(Postmaster.parse(List.of("4711", "/data", "1795255200", "15432")))
        .contains(new Postmaster(4711, Instant.ofEpochSecond(1795255200)));
    assertThat(Postmaster.parse(List.of("4711"))).isEmpty();
    assertThat(Postmaster.parse(List.of("x", "/data", "1"))).isEmpty();
    assertThat(Postmaster.parse(List.of())).isEmpty();
  }
}
