package io.talos.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.talos.contracts.Bytes;
import io.talos.contracts.log.anchor.EvmAddress;
import io.talos.contracts.peers.Anvil;
import io.talos.contracts.peers.LocalTimestamping;
import io.talos.launcher.LibertyServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A timestamping authority over HTTP and, where it is installed, an EVM: what a server under test
 * anchors its checkpoints with.
 */
final class AnchorServers implements AutoCloseable {
  /** Few, so that a test needs few blocks; what many are good for is shown in modules/audit. */
  private static final int CONFIRMATIONS = 3;

  private static final int REQUEST_BYTES_MAX = 4096;
  private static final String NOBODY = "0x" + "0".repeat(40);
  private static final Pattern ACCOUNT =
      Pattern.compile("the account on the chain is (0x[0-9a-fA-F]{40})");

  private final LocalTimestamping authority = LocalTimestamping.good();
  private final HttpServer http;
  private final Path authorities;
  private final Optional<Anvil> chain;

  AnchorServers(Path folder) {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      authorities =
          Files.writeString(
              Files.createDirectories(folder).resolve("authorities.pem"), authority.rootPem());
      chain = Anvil.ifInstalled();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.createContext("/", this::stamp);
    http.start();
  }

  private void stamp(HttpExchange exchange) throws IOException {
    try (exchange) {
      Bytes request = Bytes.of(exchange.getRequestBody().readNBytes(REQUEST_BYTES_MAX));
      byte[] answer = authority.answer(request, Clock.systemUTC().instant()).toArray();
      exchange.getResponseHeaders().set("Content-Type", "application/timestamp-reply");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  LocalTimestamping authority() {
    return authority;
  }

  Optional<Anvil> chain() {
    return chain;
  }

  /** Settings of a server that uses them. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put(
        "TALOS_AUDIT_ANCHOR_TSA_URL", "http://127.0.0.1:" + http.getAddress().getPort() + "/");
    environment.put(
        "TALOS_AUDIT_ANCHOR_TSA_AUTHORITIES_FILE", authorities.toAbsolutePath().toString());
    chain.ifPresent(
        anvil -> {
          environment.put("TALOS_AUDIT_ANCHOR_EVM_URL", anvil.url().toString());
          environment.put("TALOS_AUDIT_ANCHOR_EVM_CHAIN_ID", Integer.toString(Anvil.CHAIN_ID));
          environment.put("TALOS_AUDIT_ANCHOR_EVM_CONFIRMATIONS", Integer.toString(CONFIRMATIONS));
        });
    return environment;
  }

  /**
   * Puts coins on the account that the server named when it started; without a chain the server has
   * none, and this is nobody's.
   */
  EvmAddress fund(LibertyServer server) {
    if (chain.isEmpty()) {
      return EvmAddress.parse(NOBODY);
    }
    EvmAddress account = account(server);
    chain.get().fund(account.text());
    return account;
  }

  private static EvmAddress account(LibertyServer server) {
    try {
      Path log = server.logFolder().resolve("messages.log");
      Matcher found = ACCOUNT.matcher(Files.readString(log, StandardCharsets.UTF_8));
      if (!found.find()) {
        throw new AssertionError("the server did not say which account it has");
      }
      return EvmAddress.parse(found.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Time passes on the chain. */
  void tick() {
    chain.ifPresent(anvil -> anvil.mine(1));
  }

  @Override
  public void close() {
    http.stop(0);
    chain.ifPresent(Anvil::close);
  }
}
