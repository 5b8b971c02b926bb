package io.talos.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mallory offers an archive that writes outside the folder it is unpacked into. */
class HostileArchiveTest {
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "a/../../evil", "/evil", "..\\evil", "a/b/../../../evil"})
  void a_name_that_climbs_out_is_refused_and_nothing_is_written(String name) throws IOException {
    var target = Files.createDirectory(folder.resolve("target"));
    var zip = zipOf(name);

    assertThatThrownBy(() -> Archives.zip(zip, target, percent -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("outside");
    assertThat(folder.resolve("evil")).doesNotExist();
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void dots_that_stay_inside_are_harmless() throws IOException {
    var target = Files.createDirectory(folder.resolve("target"));

    Archives.zip(zipOf("a/../b"), target, percent -> {});

    assertThat(target.resolve("b")).hasBinaryContent(CONTENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../etc", "/etc", "a/../../etc"})
  void a_link_that_points_out_is_refused(String link) throws IOException {
    var target = Files.createDirectory(folder.resolve("target"));

    assertThatThrownBy(() -> Archives.tarXz(tarWithLink(link), target))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("outside");
    assertThat(Files.isSymbolicLink(target.resolve("lib"))).isFalse();
  }

  @Test
  void a_link_inside_and_an_executable_bit_are_kept() throws IOException {
    var target = Files.createDirectory(folder.resolve("target"));

    Archives.tarXz(tarWithLink("program"), target);

    assertThat(Files.isExecutable(target.resolve("program"))).isTrue();
    assertThat(Files.readSymbolicLink(target.resolve("lib"))).isEqualTo(Path.of("program"));
  }

  @Test
  void progress_is_told_once_for_each_percent() throws IOException {
    var target = Files.createDirectory(folder.resolve("target"));
    var told = new ArrayList<Integer>();

    Archives.zip(zipOf("one"), target, told::add);

    assertThat(told).isEqualTo(IntStream.rangeClosed(1, 100).boxed().toList());
  }

  @Test
  void a_half_filled_folder_of_a_killed_launcher_is_thrown_away() throws IOException {
    var wanted = folder.resolve("server");
    Files.createDirectories(folder.resolve("server.unpacking"));
    Files.writeString(folder.resolve("server.unpacking").resolve("half"), "x");

    UnpackOnce.folder(wanted, target -> Files.writeString(target.resolve("whole"), "y"));

    assertThat(wanted.resolve("whole")).exists();
    assertThat(wanted.resolve("half")).doesNotExist();
  }

  @Test
  void a_filling_that_fails_leaves_no_folder() {
    var wanted = folder.resolve("server");

    assertThatThrownBy(
            () ->
                UnpackOnce.folder(
                    wanted,
                    target -> {
                      throw new IOException("disk full");
                    }))
        .isInstanceOf(LaunchFailed.class)
        .hasMessageContaining("disk full");
    assertThat(wanted).doesNotExist();
  }

  private Path zipOf(String name) throws IOException {
    var file = folder.resolve("archive.zip");
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(CONTENT);
      zip.closeEntry();
    }
    return file;
  }

  private static InputStream tarWithLink(String link) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new XZCompressorOutputStream(bytes))) {
      var program = new TarArchiveEntry("program");
      program.setMode(0755);
      program.setSize(CONTENT.length);
      tar.putArchiveEntry(program);
      tar.write(CONTENT);
      tar.closeArchiveEntry();
      var entry = new TarArchiveEntry("lib", TarConstants.LF_SYMLINK);
      entry.setLinkName(link);
      tar.putArchiveEntry(entry);
      tar.closeArchiveEntry();
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}
