package io.talos.container;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.ZipFile;

/** The list of modules in an EAR. */
final class ApplicationXml {
  static final String ENTRY = "META-INF/application.xml";

  private ApplicationXml() {}

  /** The shipped EAR's own list, with other modules in the gateway's place. */
  static String of(File shippedEar, List<String> ejbModules, List<String> webModules) {
    try (var ear = new ZipFile(shippedEar);
        var shipped = ear.getInputStream(ear.getEntry(ENTRY))) {
      var xml = Xml.read(shipped);
      // The gateway is the only web module that ships.
      xml.remove(xml.only("web").getParentNode());
      ejbModules.forEach(name -> addEjb(xml, name));
      webModules.forEach(name -> addWeb(xml, name));
      return xml.text();
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot read " + shippedEar, failed);
    }
  }

  private static void addEjb(Xml xml, String name) {
    xml.add(xml.add(xml.only("application"), "module", ""), "ejb", name + ".jar");
  }

  private static void addWeb(Xml xml, String name) {
    var web = xml.add(xml.add(xml.only("application"), "module", ""), "web", "");
    xml.add(web, "web-uri", name + ".war");
    xml.add(web, "context-root", "/" + name);
  }
}
