package io.talos.audit.ops;

import io.talos.audit.anchors.AnchorSettings;
import io.talos.audit.anchors.Limits;
import io.talos.audit.anchors.Web;
import io.talos.contracts.crypto.TlsTrust;
import io.talos.runtime.http.AddressGuard;
import io.talos.runtime.http.GuardedHttp;
import io.talos.runtime.settings.Settings;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The guarded way to witnesses, authorities and chains; closed with the application. */
@ApplicationScoped
public class AnchorWeb implements Web {
  private final @Nullable GuardedHttp http;

  /** For the container's proxy only. */
  protected AnchorWeb() {
    http = null;
  }

  @Inject
  AnchorWeb(AnchorSettings own, Settings settings) {
    String authorities = settings.text("talos.http.authorities-file");
    http =
        new GuardedHttp(
            AddressGuard.of(own.reach()),
            new GuardedHttp.Bounds(
                Limits.ANSWER_MAX,
                Limits.ANSWER_BYTES_MAX,
                Limits.CONNECTIONS_MAX,
                Limits.CONNECTIONS_MAX),
            TlsTrust.with(
                authorities.isEmpty() ? Optional.empty() : Optional.of(Path.of(authorities))));
  }

  @Override
  public GuardedHttp.Answer send(GuardedHttp.Ask ask) {
    if (http == null) {
      throw new IllegalStateException("the proxy's own instance is never called");
    }
    return http.send(ask);
  }

  @PreDestroy
  void close() {
    if (http != null) {
      http.close();
    }
  }
}
