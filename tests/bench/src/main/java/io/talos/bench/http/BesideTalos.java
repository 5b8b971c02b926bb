package io.talos.bench.http;

import io.talos.bench.bare.BareApplication;
import io.talos.bench.bare.BareResource;
import io.talos.bench.stages.StageAgent;
import io.talos.bench.stages.Stages;
import io.talos.launcher.StackSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import net.bytebuddy.ByteBuddy;

/**
 * The server's configuration with a bare application beside Talos, and with the agent that measures
 * stages. Written into the bench's own data; nothing of it ships.
 */
final class BesideTalos {
  private static final String OVERRIDE =
      "<server><webApplication id=\"bare\" location=\"%s\" contextRoot=\"/bare\"/></server>%n";

  private BesideTalos() {}

  /**
   * Settings of the same stack with the other configuration, which is written to {@code folder}.
   */
  static StackSettings in(Path folder, StackSettings settings) {
    StackSettings.LibertyParts parts = settings.liberty();
    try {
      Path config = Files.createDirectories(folder.resolve("config"));
      copy(parts.config(), config);
      Path war = jar(folder.resolve("bare.war"), new Manifest(), "WEB-INF/classes/", bare());
      Path overrides = Files.createDirectories(config.resolve("configDropins/overrides"));
      Files.writeString(overrides.resolve("bench.xml"), OVERRIDE.formatted(war));
      Files.writeString(config.resolve("jvm.options"), "-javaagent:" + agent(folder) + "\n");
      return settings.withLiberty(
          new StackSettings.LibertyParts(parts.zip(), config, parts.ear(), parts.jdbc()));
    } catch (IOException e) {
      throw new UncheckedIOException("the configuration of the bench cannot be written", e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file));
        Files.createDirectories(target.resolveSibling(""));
        Files.copy(file, target);
      }
    }
  }

  private static List<Class<?>> bare() {
    return List.of(BareApplication.class, BareResource.class, BareResource.WhoAmI.class);
  }

  private static Path agent(Path folder) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.putValue("Premain-Class", StageAgent.class.getName());
    attributes.put(Attributes.Name.CLASS_PATH, weaver().toUri().toString());
    return jar(
        folder.resolve("stages.jar"),
        manifest,
        "",
        List.of(StageAgent.class, Stages.class, advice("StageAdvice"), advice("AuditOffAdvice")));
  }

  private static Class<?> advice(String name) {
    try {
      return Class.forName(StageAgent.class.getPackageName() + "." + name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the advice lies beside the agent", e);
    }
  }

  private static Path weaver() {
    try {
      return Path.of(ByteBuddy.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the weaver lies in a file", e);
    }
  }

  private static Path jar(Path target, Manifest manifest, String prefix, List<Class<?>> classes)
      throws IOException {
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    try (OutputStream out = Files.newOutputStream(target);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      for (Class<?> type : classes) {
        String name = type.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new ZipEntry(prefix + name));
        jar.write(read(name));
        jar.closeEntry();
      }
    }
    return target;
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream in = BesideTalos.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no class file " + name);
      }
      return in.readAllBytes();
    }
  }
}
