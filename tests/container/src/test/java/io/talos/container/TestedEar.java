package io.talos.container;

import io.talos.container.first.FirstEjbPlace;
import io.talos.container.library.Place;
import io.talos.container.other.OtherWarPlace;
import io.talos.container.second.SecondEjbPlace;
import io.talos.container.tested.TestedWarPlace;
import java.io.File;
import java.net.URISyntaxException;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.shrinkwrap.api.ArchivePaths;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The EAR as it ships, byte for byte in its modules and libraries, with one archive of each kind
 * added and the gateway taken out: its enforcement would keep the test runner out.
 */
final class TestedEar {
  private TestedEar() {}

  static EnterpriseArchive with(Class<?> test) {
    File shipped = new File(System.getProperty("talos.ear"));
    EnterpriseArchive ear =
        ShrinkWrap.create(ZipImporter.class, "tested.ear")
            .importFrom(shipped)
            .as(EnterpriseArchive.class);
    ear.delete(ArchivePaths.create("gateway.war"));
    ear.delete(ArchivePaths.create(ApplicationXml.ENTRY));
    ear.addAsManifestResource(
        new StringAsset(
            ApplicationXml.of(shipped, List.of("first", "second"), List.of("tested", "other"))),
        "application.xml");
    ear.addAsLibraries(jar("library.jar", Place.class));
    ear.addAsLibraries(jarOf(Assertions.class));
    ear.addAsModules(
        jar("first.jar", FirstEjbPlace.class), jar("second.jar", SecondEjbPlace.class));
    ear.addAsModules(
        Testable.archiveToTest(war("tested.war", TestedWarPlace.class).addClass(test)),
        war("other.war", OtherWarPlace.class));
    return ear;
  }

  private static JavaArchive jar(String name, Class<?> inPackage) {
    return ShrinkWrap.create(JavaArchive.class, name)
        .addPackage(inPackage.getPackage())
        .addAsManifestResource(EmptyAsset.INSTANCE, "beans.xml");
  }

  private static WebArchive war(String name, Class<?> inPackage) {
    return ShrinkWrap.create(WebArchive.class, name)
        .addPackage(inPackage.getPackage())
        .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
  }

  private static File jarOf(Class<?> type) {
    try {
      return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class path entry is a URI", e);
    }
  }
}
