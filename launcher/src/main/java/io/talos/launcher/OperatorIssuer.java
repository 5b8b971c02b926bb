package io.talos.launcher;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.id.UuidV7Generator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An identity provider for development only: it gives an operator token to whoever runs the
 * launcher and asks nobody for a password. A production Talos names a real provider instead.
 *
 * <p>Signs MicroProfile JWTs (RS256, RSA-2048) and serves the public keys at {@code /jwks} on
 * 127.0.0.1. The keys stay in the data folder (mode 0600), so tokens outlive a restart. Thread
 * safe.
 *
 * <p>Source: MicroProfile JWT 2.1 §4.1 (claims); RFC 7517 §5 (key set); RFC 7518 §3.3 (RS256).
 */
public final class OperatorIssuer implements AutoCloseable {
  /** What tokens are for. */
  public static final String AUDIENCE = "talos";

  /** The group that is the role of an operator. */
  public static final String OPERATOR_GROUP = "operator";

  private static final int RSA_BITS = 2048;

  private final int port;
  private final Path file;
  private final InstantSource clock;
  private final UuidV7Generator ids = new UuidV7Generator(Randomness.secure());
  private final List<RSAKey> keys = new ArrayList<>();
  private @Nullable HttpServer server;

  OperatorIssuer(int port, Path folder, InstantSource clock) {
    this.port = port;
    this.file = OwnerOnly.folder(folder).resolve("keys.json");
    this.clock = clock;
  }

  /** Loads or draws the keys and starts to serve them. */
  public synchronized void start() {
    if (server != null) {
      return;
    }
    loadKeys();
    try {
      var started = HttpServer.create(new InetSocketAddress(Ports.LOOPBACK, port), 0);
      started.createContext("/jwks", this::answer);
      started.start();
      server = started;
    } catch (IOException failed) {
      throw new LaunchFailed(
          "The dev identity provider cannot listen on port %d: %s"
              .formatted(port, failed.getMessage()),
          failed);
    }
  }

  /** Stops serving; the keys stay. */
  @Override
  public synchronized void close() {
    if (server != null) {
      server.stop(0);
      server = null;
    }
  }

  /** The value of {@code iss}. */
  public String issuer() {
    return "http://127.0.0.1:" + port;
  }

  /** Where the public keys are. */
  public URI jwksUri() {
    return URI.create(issuer() + "/jwks");
  }

  /** A valid token for {@code subject}, signed by the newest key. */
  public String token(String subject, Set<String> groups, Duration lifetime) {
    return sign(claims(subject, groups, lifetime).build());
  }

  /**
   * The claims of a valid token, for a test that wants to change one of them; at most {@link
   * Limits#TOKEN_LIFETIME}.
   */
  public JWTClaimsSet.Builder claims(String subject, Set<String> groups, Duration lifetime) {
    if (lifetime.compareTo(Limits.TOKEN_LIFETIME) > 0) {
      throw new IllegalArgumentException("a token lives at most " + Limits.TOKEN_LIFETIME);
    }
    var now = clock.instant();
    return new JWTClaimsSet.Builder()
        .issuer(issuer())
        .subject(subject)
        .claim("upn", subject)
        .claim("groups", List.copyOf(groups))
        .audience(AUDIENCE)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(lifetime)))
        .jwtID(ids.next(now).toString());
  }

  /** Signs any claims with the newest key. */
  public String sign(JWTClaimsSet claims) {
    return signWith(newest(), claims);
  }

  /** Signs any claims with any key, under that key's id: how a test forges. */
  public static String signWith(RSAKey key, JWTClaimsSet claims) {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .type(JOSEObjectType.JWT)
            .keyID(key.getKeyID())
            .build();
    var token = new SignedJWT(header, claims);
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException failed) {
      throw new IllegalStateException("RS256 signing failed", failed);
    }
    return token.serialize();
  }

  /** A key that this issuer does not serve, with an id of its own. */
  public static RSAKey foreignKey() {
    try {
      return new RSAKeyGenerator(RSA_BITS)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.RS256)
          .keyIDFromThumbprint(true)
          .generate();
    } catch (JOSEException failed) {
      throw new IllegalStateException("the JDK cannot make an RSA key", failed);
    }
  }

  /**
   * From now on a new key signs; tokens of the older keys stay valid until {@link #retireOld()}.
   */
  public synchronized void rotate() {
    if (keys.size() >= Limits.SIGNING_KEYS) {
      throw new IllegalStateException(
          "at most " + Limits.SIGNING_KEYS + " keys; call retireOld() first");
    }
    keys.add(foreignKey());
    store();
  }

  /** Only the newest key is served from now on. */
  public synchronized void retireOld() {
    var last = newest();
    keys.clear();
    keys.add(last);
    store();
  }

  /** The id of the key that signs. */
  public String keyId() {
    return newest().getKeyID();
  }

  private synchronized RSAKey newest() {
    return keys.get(keys.size() - 1);
  }

  private synchronized String publicKeys() {
    return new JWKSet(List.<JWK>copyOf(keys)).toPublicJWKSet().toString();
  }

  private void loadKeys() {
    keys.clear();
    if (!Files.exists(file)) {
      rotate();
      return;
    }
    try {
      for (var key : JWKSet.parse(OwnerOnly.read(file)).getKeys()) {
        keys.add(key.toRSAKey());
      }
    } catch (ParseException damaged) {
      throw new LaunchFailed(
          "%s holds no keys (%s); delete it to get new ones.".formatted(file, damaged.getMessage()),
          damaged);
    }
  }

  private void store() {
    OwnerOnly.write(file, new JWKSet(List.<JWK>copyOf(keys)).toString(false));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("GET")
          || !exchange.getRequestURI().getPath().equals("/jwks")) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      var body = publicKeys().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/jwk-set+json");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
