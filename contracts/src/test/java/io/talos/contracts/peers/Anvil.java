package io.talos.contracts.peers;

import io.talos.contracts.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A real EVM of a test, on a loopback port; blocks are made when the test says so. */
public final class Anvil implements AutoCloseable {
  /** The chain that it is. */
  public static final int CHAIN_ID = 31337;

  private static final Path BINARY =
      Path.of(System.getProperty("talos.root", "../.."))
          .resolve("tests/interop/anvil/node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil");
  private static final int TRIES = 200;

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private Process process;

  /** A started one, where it is installed. */
  public static Optional<Anvil> ifInstalled() throws IOException {
    return Files.isExecutable(BINARY) ? Optional.of(new Anvil()) : Optional.empty();
  }

  /** Starts it; where it is not installed the test is skipped. */
  public Anvil() throws IOException {
    Assumptions.assumeTrue(
        Files.isExecutable(BINARY), "no anvil: run npm install in tests/interop/anvil");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    process = start();
  }

  private Process start() throws IOException {
    Process started =
        new ProcessBuilder(
                BINARY.toString(),
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--no-mining",
                "--chain-id",
                Integer.toString(CHAIN_ID),
                "--silent")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    for (int i = 0; i < TRIES; i++) {
      try {
        call("eth_chainId", "");
        return started;
      } catch (IllegalStateException e) {
        try {
          // The process tells by ending that it will never answer.
          if (started.waitFor(50, TimeUnit.MILLISECONDS)) {
            break;
          }
        } catch (InterruptedException stop) {
          throw new IllegalStateException(stop);
        }
      }
    }
    started.destroyForcibly();
    throw new IllegalStateException("anvil does not answer");
  }

  /** The chain begins anew: no blocks, no transactions, no coins. */
  public void restart() throws IOException {
    close();
    process = start();
  }

  /** Where it answers. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** What a node answers; params are written as JSON. */
  public String call(String method, String params) {
    return post(
        Bytes.utf8(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\""
                + method
                + "\",\"params\":["
                + params
                + "]}"));
  }

  /** Its answer to a JSON-RPC request. */
  public String post(Bytes body) {
    try {
      return http.send(
              HttpRequest.newBuilder(url())
                  .timeout(Duration.ofSeconds(10))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(body.toArray()))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new IllegalStateException("anvil is away", e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes blocks. */
  public void mine(int blocks) {
    call("anvil_mine", "\"0x" + Integer.toHexString(blocks) + "\"");
  }

  /** Gives an account a coin. */
  public void fund(String address) {
    call("anvil_setBalance", "\"" + address + "\",\"0xde0b6b3a7640000\"");
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
