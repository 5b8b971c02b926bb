package io.talos.gateway;

import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.TlsTrust;
import io.talos.contracts.port.SecretVault;
import io.talos.gateway.chain.GatewaySettings;
import io.talos.gateway.mcp.SessionBinding;
import io.talos.gateway.mcp.Upstream;
import io.talos.runtime.http.AddressGuard;
import io.talos.runtime.http.GuardedHttp;
import io.talos.runtime.http.Reach;
import io.talos.runtime.settings.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes what the gateway needs once: its settings, the way upstream, the session key. */
@Dependent
public class Upstreams {
  private static final int SESSION_KEY_SIZE = 32;

  @Produces
  @Singleton
  GatewaySettings settings(Settings settings) {
    return GatewaySettings.read(settings);
  }

  @Produces
  @Singleton
  Upstream upstream(GatewaySettings settings) {
    return new Upstream(
        new GuardedHttp(
            AddressGuard.of(Reach.privateToo(settings.privateUpstreams())),
            Upstream.bounds(settings.upstreamTimeout(), settings.upstreamBytesMax()),
            TlsTrust.with(settings.authorities())));
  }

  void close(@Disposes Upstream upstream) {
    upstream.close();
  }

  @Produces
  @Singleton
  SessionBinding sessions(SecretVault secrets, Randomness randomness) {
    return new SessionBinding(
        secrets.findOrCreate(
            "gateway/mcp-session-key",
            () -> SecretBytes.of(randomness.bytes(SESSION_KEY_SIZE).toArray())));
  }
}
