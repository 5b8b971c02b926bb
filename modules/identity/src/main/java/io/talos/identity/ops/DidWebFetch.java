package io.talos.identity.ops;

import io.talos.contracts.crypto.TlsTrust;
import io.talos.identity.didweb.FetchedDidWebDocuments;
import io.talos.identity.didweb.Limits;
import io.talos.runtime.http.AddressGuard;
import io.talos.runtime.http.GuardedHttp;
import io.talos.runtime.settings.Settings;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;

/** The guarded way to organisations' servers; closed with the application. */
@Singleton
public class DidWebFetch implements FetchedDidWebDocuments.Fetch {
  private static final String ACCEPT =
      "application/did+json, application/did+ld+json, application/json;q=0.9";

  private final GuardedHttp http;

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
    GuardedHttp.Answer answer = http.send(GuardedHttp.Ask.get(url, ACCEPT));
    return new FetchedDidWebDocuments.Page(answer.status(), answer.body());
  }

  @PreDestroy
  void close() {
    http.close();
  }
}
