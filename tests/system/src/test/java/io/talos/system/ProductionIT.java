package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.http.RequestSigner;
import io.talos.contracts.policy.PolicyDocument;
import io.talos.contracts.policy.PolicySignature;
import io.talos.contracts.policy.PolicyStatement;
import io.talos.launcher.LibertyServer;
import jakarta.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A production server whose surroundings are safe enough starts, and answers over TLS: with secrets
 * of its own, a policy that a policy key signed, and no way to private upstreams.
 */
@OnTheStack
class ProductionIT {
  private static final int PORT_OFFSET = 500;
  private static final int PATIENCE_MILLIS = 30_000;

  /** The same in each run, because the key store is. */
  private static final String KEY_STORE_PASSWORD =
      Base64Url.encode(Sha256.of(Bytes.utf8("the key store of a production server under test")));

  private final Stack stack;

  ProductionIT(Stack stack) {
    this.stack = stack;
  }

  @AfterEach
  void back_to_talos_as_it_ships_for_newcomers() {
    publish(Optional.empty());
  }

  @Test
  void a_signed_request_is_answered_over_tls_and_an_unsigned_policy_is_refused()
      throws IOException, GeneralSecurityException {
    Identity alice = Agents.registered(stack);
    publishSigned();
    URI base = URI.create("https://127.0.0.1:" + freePort());
    LibertyServer node = production(base, KEY_STORE_PASSWORD);
    try {
      SSLContext trust = trusting(certificates(node), KEY_STORE_PASSWORD);

      Answer me = ask(trust, base, "/identity/whoami", signed(base, alice));

      assertThat(me.status()).as(me.text()).isEqualTo(200);
      assertThat(me.text()).contains(alice.did());
      Answer forged = ask(trust, base, "/identity/whoami", Map.of());
      assertThat(forged.status()).as(forged.text()).isEqualTo(401);
      Http plain = new Http(node.baseUri());
      Http.Answer unsigned =
          plain.send(
              plain
                  .request("POST", "/policy/bundles/rollback")
                  .bearer(stack.operatorToken())
                  .json(rollBack(Optional.empty())));
      assertThat(unsigned.code()).isEqualTo("POLICY_SIGNATURE_REQUIRED");
    } finally {
      node.stop();
    }
  }

  /** Talos as it ships, signed: what the production server finds. */
  private void publishSigned() {
    PolicySignature signature =
        new PolicyStatement(
                stack.baseUri().toString(), version() + 1, PolicyDocument.empty().digest())
            .signedBy(Stack.POLICY_KEY);
    publish(Optional.of(signature));
  }

  private void publish(Optional<PolicySignature> signature) {
    Http http = stack.http();
    Http.Answer answer =
        http.send(
            http.request("POST", "/policy/bundles/rollback")
                .bearer(stack.operatorToken())
                .json(rollBack(signature)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  private String rollBack(Optional<PolicySignature> signature) {
    var body = Json.createObjectBuilder().add("version", 0).add("expected_version", version());
    signature.ifPresent(
        by ->
            body.add(
                "signature",
                Json.createObjectBuilder()
                    .add("key", by.key().text())
                    .add("signature", Base64Url.encode(by.signature()))));
    return body.build().toString();
  }

  private long version() {
    Http http = stack.http();
    return http.send(http.request("GET", "/policy/roles").bearer(stack.operatorToken()))
        .json()
        .getJsonNumber("version")
        .longValue();
  }

  private LibertyServer production(URI base, String keystorePassword) {
    return stack
        .launcher()
        .startAnotherLiberty(
            PORT_OFFSET,
            Map.of(
                "TALOS_MODE", "prod",
                "TALOS_BASE_URL", base.toString(),
                "TALOS_HTTPS_PORT", Integer.toString(base.getPort()),
                "TALOS_KEYSTORE_PASSWORD", keystorePassword,
                "TALOS_POLICY_AUDIENCE", stack.baseUri().toString(),
                "TALOS_POLICY_SIGNERS", Stack.policySigner(),
                "TALOS_GATEWAY_PRIVATE_UPSTREAMS", "false"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The server made its certificate itself; nothing else is trusted. */
  private static Path certificates(LibertyServer node) {
    return node.logFolder().resolveSibling("resources").resolve("security").resolve("key.p12");
  }

  private static SSLContext trusting(Path file, String password)
      throws IOException, GeneralSecurityException {
    KeyStore own = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      own.load(in, password.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", own.getCertificate(own.aliases().nextElement()));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private static Map<String, String> signed(URI base, Identity who) {
    return new RequestSigner(who.signing(), InstantSource.system(), Randomness.secure())
        .sign("GET", base + "/identity/whoami", Optional.empty(), Optional.empty());
  }

  private record Answer(int status, String text) {}

  private static Answer ask(SSLContext trust, URI base, String path, Map<String, String> headers)
      throws IOException {
    HttpsURLConnection connection =
        (HttpsURLConnection) URI.create(base + path).toURL().openConnection();
    connection.setSSLSocketFactory(trust.getSocketFactory());
    // Exactly one certificate is trusted; it names the machine, and not the loopback address.
    connection.setHostnameVerifier((host, session) -> true);
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    headers.forEach(connection::setRequestProperty);
    int status = connection.getResponseCode();
    try (InputStream body =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      return new Answer(status, new String(body.readAllBytes(), StandardCharsets.UTF_8));
    } finally {
      connection.disconnect();
    }
  }
}
