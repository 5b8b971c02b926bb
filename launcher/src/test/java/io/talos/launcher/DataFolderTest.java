package io.talos.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.crypto.Randomness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the data folder keeps stays whole, stays private, and belongs to one launcher at a time. */
class DataFolderTest {
  @TempDir Path folder;

  @Test
  void a_second_launcher_is_refused_and_told_who_holds_the_folder() {
    try (var first = StackLock.of(folder)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> StackLock.of(folder))
          .isInstanceOf(LaunchFailed.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("-Dtalos.data=");
    }
    StackLock.of(folder).close();
  }

  @Test
  void a_secret_is_drawn_once_and_only_its_owner_can_read_it() throws IOException {
    var first = new Secrets(folder.resolve("secrets"), Randomness.secure());
    var password = first.password("redis");
    var key = first.key("kek");

    var second = new Secrets(folder.resolve("secrets"), Randomness.secure());

    assertThat(second.password("redis")).isEqualTo(password).matches("[A-Za-z0-9_-]{32}");
    assertThat(second.key("kek")).isEqualTo(key).matches("[A-Za-z0-9_-]{43}");
    assertThat(mode(folder.resolve("secrets"))).isEqualTo("rwx------");
    assertThat(mode(folder.resolve("secrets").resolve("kek"))).isEqualTo("rw-------");
  }

  @Test
  void a_mirror_leaves_equal_files_untouched_and_drops_what_is_gone() throws IOException {
    var source = Files.createDirectories(folder.resolve("config"));
    var target = folder.resolve("server");
    Files.writeString(source.resolve("server.xml"), "<server/>");
    Files.writeString(source.resolve("old.xml"), "x");
    Folders.mirror(source, target, Set.of("apps"));
    Files.createDirectories(target.resolve("apps"));
    Files.writeString(target.resolve("apps").resolve("talos.ear"), "ear");
    var time = Files.getLastModifiedTime(target.resolve("server.xml"));

    Files.delete(source.resolve("old.xml"));
    Folders.mirror(source, target, Set.of("apps"));

    assertThat(Files.getLastModifiedTime(target.resolve("server.xml"))).isEqualTo(time);
    assertThat(target.resolve("old.xml")).doesNotExist();
    assertThat(target.resolve("apps").resolve("talos.ear")).exists();
  }

  @Test
  void the_log_shows_the_lines_that_name_trouble_and_no_stack_frames() throws IOException {
    var file = folder.resolve("console.log");
    Files.writeString(file, "[ERROR] of an earlier run\n");
    var log = new LogFile(file);
    var from = log.size();
    Files.writeString(
        file,
        """
        [ERROR] of an earlier run
        [AUDIT] all is well
        [ERROR] CWWKZ0002E: it broke
        Caused by: java.lang.IllegalStateException: no database
            at io.talos.Something.run(Something.java:1)
        """);

    assertThat(log.trouble(from).lines().map(String::strip))
        .containsExactly(
            "[ERROR] CWWKZ0002E: it broke",
            "Caused by: java.lang.IllegalStateException: no database");
  }

  @Test
  void a_log_that_grew_large_is_put_aside_at_the_next_start() throws IOException {
    var file = folder.resolve("console.log");
    Files.write(file, new byte[(int) Limits.LOG_BYTES_KEPT]);

    var from = new LogFile(file).beginRun();

    assertThat(from).isZero();
    assertThat(file).doesNotExist();
    assertThat(folder.resolve("console.log.1")).hasSize(Limits.LOG_BYTES_KEPT);
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
