package io.talos.system;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An organisation's web server on this machine, with a certificate that only a test trusts. */
final class Organisation implements AutoCloseable {
  private static final String PASSWORD = "only-for-a-test";

  private final HttpsServer server;
  private final Path authority;
  private final Map<String, Page> pages = new ConcurrentHashMap<>();
  private final List<String> asked = java.util.Collections.synchronizedList(new ArrayList<>());

  private record Page(int status, Map<String, String> fields, String body) {}

  private Organisation(HttpsServer server, Path authority) {
    this.server = server;
    this.authority = authority;
  }

  static Organisation open(Path folder) throws IOException, GeneralSecurityException {
    Path store = folder.resolve("organisation.p12");
    Path authority = folder.resolve("organisation.pem");
    keytool(
        "-genkeypair -alias org -keyalg EC -groupname secp256r1 -dname CN=localhost"
            + " -ext san=dns:localhost -validity 2 -storetype PKCS12 -keystore",
        store);
    keytool("-exportcert -rfc -alias org -keystore " + store + " -file", authority);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(store)));
    Organisation organisation = new Organisation(server, authority);
    server.createContext("/", organisation::answer);
    server.start();
    return organisation;
  }

  /** The file by which a client trusts this server. */
  Path authority() {
    return authority;
  }

  /** This organisation's DID, with more path segments when it is asked for a member. */
  String did(String... path) {
    String port = String.valueOf(server.getAddress().getPort());
    String more = path.length == 0 ? "" : ":" + String.join(":", path);
    return "did:web:localhost%3A" + port + more;
  }

  void publish(String path, int status, Map<String, String> fields, String body) {
    pages.put(path, new Page(status, fields, body));
  }

  /** Every path that was asked for, in order. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  private void answer(com.sun.net.httpserver.HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(path);
    Page page = pages.getOrDefault(path, new Page(404, Map.of(), "nothing"));
    page.fields().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(page.status(), body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static void keytool(String arguments, Path last) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ", -1)));
    command.addAll(List.of(last.toString(), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
