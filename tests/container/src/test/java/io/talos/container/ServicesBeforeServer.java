package io.talos.container;

import io.talos.launcher.StackSettings;
import io.talos.launcher.TalosStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jboss.arquillian.container.spi.ContainerRegistry;
import org.jboss.arquillian.core.api.Instance;
import org.jboss.arquillian.core.api.annotation.Inject;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.test.spi.event.suite.AfterSuite;
import org.jboss.arquillian.test.spi.event.suite.BeforeSuite;
import org.jspecify.annotations.Nullable;

/**
 * Starts databases and Redis, on ports and a data folder of their own, before Arquillian starts its
 * server, and stops them after it has stopped it.
 */
public class ServicesBeforeServer {
  /** Keeps every port below 32768, where Linux starts to give ports to clients. */
  private static final int PORT_OFFSET = 14_000;

  /** Arquillian does its own part of an event at 0; higher comes earlier. */
  private static final int BEFORE_ARQUILLIAN = 100;

  private static final int AFTER_ARQUILLIAN = -100;

  @Inject
  @SuppressWarnings("NullAway.Init")
  private Instance<ContainerRegistry> servers;

  private @Nullable TalosStack services;

  /** Prepares everything that the server needs, and tells Arquillian where it is. */
  public void start(@Observes(precedence = BEFORE_ARQUILLIAN) BeforeSuite first) {
    requireNamedUser();
    Path data = Path.of(System.getProperty("talos.root"), ".talos", "container-tests");
    StackSettings settings = StackSettings.fromSystemProperties().beside(PORT_OFFSET, data);
    Path installation = TalosStack.libertyInstallation(settings, ServicesBeforeServer::tell);
    TestServer server = new TestServer(installation, data.resolve("liberty"));
    int http = settings.ports().http();
    if (answers(http)) {
      server.stopLeftOne();
    }
    TalosStack started = TalosStack.startServices(settings, ServicesBeforeServer::tell);
    services = started;
    server.prepare(settings, environment(started));
    configure(
        Map.of(
            "wlpHome", server.installation().toString(),
            "usrDir", server.user().toString(),
            "serverName", TestServer.NAME,
            "httpPort", Integer.toString(http)));
  }

  /**
   * Arquillian finds the server's JVM by a file that a JVM writes for a user with a name only;
   * without it, it would wait for minutes and not say for what.
   */
  private static void requireNamedUser() {
    if (System.getProperty("user.name", "?").equals("?")) {
      throw new IllegalStateException("These tests need a user that has a name in this system.");
    }
  }

  private static Map<String, String> environment(TalosStack services) {
    Map<String, String> all = new HashMap<>(services.libertyEnvironment("in-container"));
    all.put("JAVA_HOME", System.getProperty("java.home"));
    return all;
  }

  private void configure(Map<String, String> properties) {
    servers
        .get()
        .getContainers()
        .forEach(
            server -> properties.forEach(server.getContainerConfiguration()::overrideProperty));
  }

  private static boolean answers(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException nobodyListens) {
      return false;
    }
  }

  private static void tell(String line) {
    System.out.println("[services] " + line);
  }

  /** Stops what was started. */
  public void stop(@Observes(precedence = AFTER_ARQUILLIAN) AfterSuite last) {
    if (services != null) {
      services.close();
    }
  }
}
