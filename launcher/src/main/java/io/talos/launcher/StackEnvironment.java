package io.talos.launcher;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The environment variables that server.xml and the application read; every secret in it was drawn
 * for this data folder.
 */
final class StackEnvironment {
  private StackEnvironment() {}

  static Map<String, String> of(
      String node, StackSettings settings, Secrets secrets, OperatorIssuer issuer) {
    var ports = settings.ports();
    var environment = new LinkedHashMap<String, String>();
    environment.put("TALOS_MODE", "dev");
    environment.put("TALOS_NODE", node);
    environment.put("TALOS_HTTP_PORT", Integer.toString(ports.http()));
    environment.put("TALOS_HTTPS_PORT", Integer.toString(ports.https()));
    environment.put("TALOS_BASE_URL", "http://127.0.0.1:" + ports.http());
    environment.put("TALOS_PG_HOST", "127.0.0.1");
    environment.put("TALOS_PG_PORT", Integer.toString(ports.postgres()));
    environment.put("TALOS_PG_REPLICA_HOST", "127.0.0.1");
    environment.put("TALOS_PG_REPLICA_PORT", Integer.toString(ports.replica()));
    environment.put("TALOS_PG_DATABASE", "talos");
    environment.put("TALOS_PG_APP_PASSWORD", secrets.password("postgres-app"));
    environment.put("TALOS_PG_OWNER_PASSWORD", secrets.password("postgres-owner"));
    environment.put("TALOS_REDIS_HOST", "127.0.0.1");
    environment.put("TALOS_REDIS_PORT", Integer.toString(ports.redis()));
    environment.put("TALOS_REDIS_PASSWORD", secrets.password("redis"));
    environment.put("TALOS_JWT_ISSUER", issuer.issuer());
    environment.put("TALOS_JWT_JWKS_URL", issuer.jwksUri().toString());
    environment.put("TALOS_KEYSTORE_PASSWORD", secrets.password("liberty-keystore"));
    environment.put("TALOS_KEK_CURRENT", "dev1");
    environment.put("TALOS_KEK_DEV1", secrets.key("kek-dev1"));
    environment.put("TALOS_GATEWAY_PRIVATE_UPSTREAMS", "true"); // the notes server is on 127.0.0.1
    return environment;
  }
}
