package io.talos.gateway.ops;

import io.talos.contracts.crypto.CryptoProvider;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.registry.SurfaceRegistry;
import io.talos.gateway.GatewayLog;
import io.talos.gateway.TalosApplication;
import io.talos.gateway.chain.Routes;
import io.talos.gateway.store.McpServerStore;
import io.talos.runtime.persistence.Migration;
import io.talos.runtime.redis.Redis;
import io.talos.runtime.settings.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Starts the gateway, or stops the server from starting: mode, schema, then every route against the
 * surface registry, both ways, then one question to the database.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class GatewayStartup {
  @Resource(lookup = "jdbc/talosDdl")
  private @Nullable DataSource owner;

  @Inject private @Nullable SurfaceRegistry surfaces;
  @Inject private @Nullable McpServerStore servers;
  @Inject private @Nullable Settings settings;
  @Inject private @Nullable Redis redis;

  @PostConstruct
  void start() {
    if (owner == null || surfaces == null || servers == null || settings == null || redis == null) {
      throw new IllegalStateException("the container injects what start-up needs");
    }
    Mode mode = Mode.of(settings);
    mode.checkAlways(settings);
    checkCryptoProvider(settings.text("talos.crypto.provider"));
    mode.check(settings, redis);
    Migration.run(owner, GatewayStartup.class, "gateway");
    checkRoutes(surfaces);
    servers.all();
    GatewayLog.started(surfaces.all().size(), CryptoProvider.describe());
  }

  /** The library is chosen before there are settings, so a setting that comes too late is one. */
  static void checkCryptoProvider(String setting) {
    if (!setting.equals(CryptoProvider.wanted())) {
      throw new TalosException(
          ErrorCode.CONFIGURATION_INVALID,
          "talos.crypto.provider is set in the environment or as a system property only");
    }
  }

  /** Refuses routes without a surface, and surfaces that nothing serves. */
  static void checkRoutes(SurfaceRegistry surfaces) {
    Set<String> served = Routes.of(TalosApplication.RESOURCES);
    Set<String> declared = new TreeSet<>();
    surfaces.all().forEach(s -> declared.add(s.method() + " " + s.path()));
    Set<String> unmapped = new TreeSet<>(served);
    unmapped.removeAll(declared);
    Set<String> unserved = new TreeSet<>(declared);
    unserved.removeAll(served);
    if (!unmapped.isEmpty() || !unserved.isEmpty()) {
      throw new TalosException(
          ErrorCode.CONFIGURATION_INVALID,
          "routes without a surface: " + unmapped + "; surfaces without a route: " + unserved);
    }
  }
}
