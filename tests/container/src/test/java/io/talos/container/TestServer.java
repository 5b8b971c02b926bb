package io.talos.container;

import io.talos.launcher.StackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The folder of the Liberty server that Arquillian starts and deploys to. Its configuration is the
 * shipped one, made anew before each start, with the three changes that Arquillian needs.
 *
 * @param installation the {@code wlp} folder, shared with other servers and never written to
 * @param user what WLP_USER_DIR names
 */
record TestServer(Path installation, Path user) {
  /** No other server's command line holds this name; Arquillian looks for it there. */
  static final String NAME = "talos-container-tests";

  private static final long STOP_SECONDS_MAX = 60;

  /** Brings the server's files up to date; its caches and keys stay. */
  void prepare(StackSettings settings, Map<String, String> environment) {
    try {
      Files.createDirectories(folder().resolve("dropins"));
      Files.writeString(folder().resolve("server.xml"), serverXml(settings.liberty().config()));
      Files.write(
          folder().resolve("jvm.options"),
          List.of(
              "-Xmx" + settings.libertyMemory(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
      writeForOwnerOnly(folder().resolve("server.env"), lines(environment));
      var driver = settings.liberty().jdbc();
      var drivers =
          Files.createDirectories(user.resolve("shared").resolve("resources").resolve("jdbc"));
      Files.copy(
          driver, drivers.resolve(driver.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      deleteLeftApplications();
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot prepare " + folder(), failed);
    }
  }

  private Path folder() {
    return user.resolve("servers").resolve(NAME);
  }

  private static String serverXml(Path config) throws IOException {
    try (var shipped = Files.newInputStream(config.resolve("server.xml"))) {
      var xml = Xml.read(shipped);
      xml.add(xml.only("featureManager"), "feature", "localConnector-1.0");
      xml.only("applicationMonitor").setAttribute("updateTrigger", "mbean");
      xml.only("applicationMonitor").setAttribute("dropinsEnabled", "true");
      xml.remove(xml.only("enterpriseApplication"));
      return xml.text();
    }
  }

  private static List<String> lines(Map<String, String> environment) {
    return new TreeMap<>(environment)
        .entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()).toList();
  }

  private static void writeForOwnerOnly(Path file, List<String> lines) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(file, lines);
  }

  /** A run that was killed could not undeploy. */
  private void deleteLeftApplications() throws IOException {
    try (var left = Files.list(folder().resolve("dropins"))) {
      for (Path application : left.toList()) {
        Files.delete(application);
      }
    }
  }

  /** Ends the server that a killed run left behind; nothing happens when there is none. */
  void stopLeftOne() {
    if (!Files.isDirectory(folder())) {
      return;
    }
    var stop = new ProcessBuilder(installation.resolve("bin/server").toString(), "stop", NAME);
    stop.environment().put("WLP_USER_DIR", user.toString());
    stop.environment().put("JAVA_HOME", System.getProperty("java.home"));
    stop.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      if (!stop.start().waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the server of an earlier run does not stop: " + folder());
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot stop the server of an earlier run", failed);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", ending);
    }
  }
}
