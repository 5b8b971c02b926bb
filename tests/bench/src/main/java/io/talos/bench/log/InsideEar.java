package io.talos.bench.log;

import io.talos.bench.inside.ActLoad;
import io.talos.bench.inside.Acted;
import io.talos.bench.inside.Acts;
import io.talos.bench.inside.InsideApplication;
import io.talos.bench.inside.InsideResource;
import io.talos.bench.inside.ProofLoad;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A copy of the EAR with the bench's application in it. */
final class InsideEar {
  private static final String DESCRIPTOR = "META-INF/application.xml";
  private static final String MODULE =
      "<module><web><web-uri>bench.war</web-uri><context-root>/bench</context-root></web></module>";
  private static final String LIBRARIES = "<library-directory>";
  private static final String BEANS =
      "<beans xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" bean-discovery-mode=\"all\""
          + " version=\"4.0\"/>";

  private InsideEar() {}

  /** Writes {@code target}. */
  static Path copy(Path ear, Path target) throws IOException {
    Files.createDirectories(target.resolveSibling(""));
    try (ZipFile from = new ZipFile(ear.toFile());
        OutputStream file = Files.newOutputStream(target);
        ZipOutputStream to = new ZipOutputStream(file)) {
      Enumeration<? extends ZipEntry> entries = from.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        try (InputStream in = from.getInputStream(entry)) {
          byte[] bytes = in.readAllBytes();
          put(to, entry.getName(), entry.getName().equals(DESCRIPTOR) ? with(bytes) : bytes);
        }
      }
      put(to, "bench.war", war());
    }
    return target;
  }

  private static byte[] with(byte[] descriptor) {
    String text = new String(descriptor, StandardCharsets.UTF_8);
    return text.replace(LIBRARIES, MODULE + LIBRARIES).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] war() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream war = new ZipOutputStream(bytes)) {
      put(war, "WEB-INF/beans.xml", BEANS.getBytes(StandardCharsets.UTF_8));
      for (Class<?> type :
          List.of(
              Acted.class,
              ActLoad.class,
              Class.forName(ActLoad.class.getName() + "$Seen"),
              Acts.class,
              InsideApplication.class,
              InsideResource.class,
              ProofLoad.class,
              Class.forName(ProofLoad.class.getPackageName() + ".RecheckRun"))) {
        String name = type.getName().replace('.', '/') + ".class";
        put(war, "WEB-INF/classes/" + name, read(name));
      }
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(String.format(Locale.ROOT, "no class %s", e.getMessage()), e);
    }
    return bytes.toByteArray();
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream in = InsideEar.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no class file " + name);
      }
      return in.readAllBytes();
    }
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }
}
