package io.talos.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who builds again runs what was built, not what Liberty had unpacked of an earlier build. */
class RebuiltApplicationTest {
  @TempDir Path folder;

  private Path ear;
  private Path unpacked;
  private StackSettings settings;

  @BeforeEach
  void a_server_that_has_run_once() throws IOException {
    ear = Files.writeString(folder.resolve("talos.ear"), "the first build");
    settings = settings();
    var prepared = prepare();
    var cache = prepared.output().resolve(LibertyFolder.SERVER).resolve("workarea");
    unpacked = Files.createDirectories(cache).resolve("contracts.jar");
    Files.writeString(unpacked, "of the first build");
  }

  private StackSettings settings() throws IOException {
    var zip = folder.resolve("openliberty-runtime-1.zip");
    try (var entries = new ZipOutputStream(Files.newOutputStream(zip))) {
      entries.putNextEntry(new ZipEntry("wlp/README"));
    }
    var config = Files.createDirectories(folder.resolve("config"));
    Files.writeString(config.resolve("server.xml"), "<server/>");
    var jdbc = Files.writeString(folder.resolve("driver.jar"), "driver");
    return new StackSettings(
        folder,
        folder.resolve("data"),
        Ports.DEFAULT,
        "512m",
        false,
        false,
        Optional.empty(),
        new StackSettings.LibertyParts(zip, config, ear, jdbc));
  }

  private LibertyFolder prepare() {
    return LibertyFolder.prepare(settings, folder.resolve("liberty"), line -> {});
  }

  @Test
  void the_same_application_keeps_what_was_unpacked_so_that_a_start_is_quick() {
    prepare();

    assertThat(unpacked).exists();
  }

  @Test
  void another_application_is_unpacked_anew_also_when_its_times_are_the_same() throws IOException {
    var time = Files.getLastModifiedTime(ear);
    Files.writeString(ear, "the other build");
    Files.setLastModifiedTime(ear, time);

    var prepared = prepare();

    assertThat(unpacked).doesNotExist();
    var placed = prepared.user().resolve("servers/talos/apps/talos.ear");
    assertThat(placed).hasContent("the other build");
  }
}
