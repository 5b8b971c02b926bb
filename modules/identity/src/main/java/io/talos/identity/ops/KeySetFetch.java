package io.talos.identity.ops;

import io.talos.contracts.crypto.TlsTrust;
import io.talos.identity.authentication.KeySetDocument;
import io.talos.identity.authentication.Limits;
import io.talos.runtime.http.AddressGuard;
import io.talos.runtime.http.GuardedHttp;
import io.talos.runtime.http.Reach;
import io.talos.runtime.settings.Settings;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The bounded way to the operators' identity provider; closed with the application. An operator has
 * set its address, so it may be a private one.
 */
@ApplicationScoped
public class KeySetFetch implements KeySetDocument.Fetch {
  private static final String ACCEPT = "application/jwk-set+json, application/json;q=0.9";

  private final @Nullable GuardedHttp http;

  /** For the container's proxy only. */
  protected KeySetFetch() {
    http = null;
  }

  @Inject
  KeySetFetch(Settings settings) {
    this.http =
        new GuardedHttp(
            AddressGuard.of(Reach.PRIVATE_TOO),
            new GuardedHttp.Bounds(Limits.KEY_SET_WAIT, Limits.KEY_SET_BYTES_MAX, 1, 1),
            TlsTrust.with(DidWebSettings.read(settings).authorities()));
  }

  @Override
  public GuardedHttp.Answer get(URI url) {
    if (http == null) {
      throw new IllegalStateException("the proxy's own instance is never called");
    }
    return http.send(GuardedHttp.Ask.get(url, ACCEPT));
  }

  @PreDestroy
  void close() {
    if (http != null) {
      http.close();
    }
  }
}
