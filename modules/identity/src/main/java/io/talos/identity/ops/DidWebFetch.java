package io.talos.identity.ops;

import io.talos.contracts.crypto.TlsTrust;
import io.talos.identity.didweb.FetchedDidWebDocuments;
import io.talos.identity.didweb.Limits;
import io.talos.runtime.http.AddressGuard;
import io.talos.runtime.http.GuardedHttp;
import io.talos.runtime.settings.Settings;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The guarded way to organisations' servers; closed with the application. */
@ApplicationScoped
public class DidWebFetch implements FetchedDidWebDocuments.Fetch {
  private static final String ACCEPT =
      "application/did+json, application/did+ld+json, application/json;q=0.9";

  private final @Nullable GuardedHttp http;

  /** For the container's proxy only. */
  protected DidWebFetch() {
    http = null;
  }

  @Inject
  DidWebFetch(Settings settings) {
    DidWebSettings own = DidWebSettings.read(settings);
    this.http =
        new GuardedHttp(
            AddressGuard.of(own.reach()),
            new GuardedHttp.Bounds(
                Limits.FETCH_MAX,
                Limits.DOCUMENT_BYTES_MAX,
                Limits.FETCHES_AT_ONCE,
                Limits.HOST_FETCHES_AT_ONCE),
            TlsTrust.with(own.authorities()));
  }

  @Override
  public FetchedDidWebDocuments.Page get(URI url) {
    if (http == null) {
      throw new IllegalStateException("the proxy's own instance is never called");
    }
    GuardedHttp.Answer answer = http.send(GuardedHttp.Ask.get(url, ACCEPT));
    return new FetchedDidWebDocuments.Page(answer.status(), answer.body());
  }

  @PreDestroy
  void close() {
    if (http != null) {
      http.close();
    }
  }
}
