package io.talos.identity.ops;

import io.talos.contracts.Check;
import io.talos.runtime.http.Reach;
import io.talos.runtime.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How documents of did:web are fetched.
 *
 * @param anyHost whether every host is asked, and not only those of registered organisations
 * @param reach which addresses may be connected to
 * @param life how long a document is remembered
 * @param authorities a file of certificates to trust beside the JDK's
 */
public record DidWebSettings(
    boolean anyHost, Reach reach, Duration life, Optional<Path> authorities) {
  private static final String ANY = "any";
  private static final Set<String> HOSTS = Set.of(ANY, "organisations");

  /** Checks. */
  public DidWebSettings {
    Check.that(!life.isNegative(), "a document is not remembered into the past");
  }

  /** Reads them. */
  public static DidWebSettings read(Settings settings) {
    String hosts = settings.text("talos.identity.did-web-hosts");
    Check.that(HOSTS.contains(hosts), "talos.identity.did-web-hosts is organisations or any");
    String authorities = settings.text("talos.http.authorities-file");
    return new DidWebSettings(
        hosts.equals(ANY),
        Reach.privateToo(settings.flag("talos.identity.did-web-private")),
        settings.duration("talos.identity.did-web-cache-seconds"),
        authorities.isEmpty() ? Optional.empty() : Optional.of(Path.of(authorities)));
  }
}
