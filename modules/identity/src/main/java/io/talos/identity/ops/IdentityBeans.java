package io.talos.identity.ops;

import io.talos.identity.authentication.KeySetDocument;
import io.talos.identity.authentication.OperatorKeys;
import io.talos.identity.didweb.DidWebDocuments;
import io.talos.identity.didweb.FetchedDidWebDocuments;
import io.talos.identity.directory.Directory;
import io.talos.runtime.settings.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/** Makes the plain Java parts of this module. */
@Dependent
public class IdentityBeans {
  @Produces
  @Singleton
  IdentitySettings settings(Settings settings) {
    return IdentitySettings.read(settings);
  }

  @Produces
  @Singleton
  VirtualKeySettings virtualKeys(Settings settings) {
    return VirtualKeySettings.read(settings);
  }

  @Produces
  @Singleton
  DidWebDocuments documents(
      Settings settings, DidWebFetch fetch, Directory directory, InstantSource clock) {
    DidWebSettings own = DidWebSettings.read(settings);
    return new FetchedDidWebDocuments(
        host -> own.anyHost() ? Optional.of(host) : directory.domainOf(host),
        fetch,
        own.life(),
        clock);
  }

  @Produces
  @Singleton
  OperatorKeys operatorKeys(Settings settings, KeySetFetch fetch) {
    return new OperatorKeys(
        new KeySetDocument(URI.create(settings.text("talos.jwt.jwks.url")), fetch));
  }
}
