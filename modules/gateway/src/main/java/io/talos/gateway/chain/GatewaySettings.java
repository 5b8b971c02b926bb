package io.talos.gateway.chain;

import io.talos.contracts.Check;
import io.talos.runtime.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the gateway reads from the settings, once, at start-up.
 *
 * @param baseUrl what callers call us, without a slash at the end; signatures cover it
 * @param privateUpstreams whether forwarding to private and loopback addresses is allowed
 * @param upstreamTimeout how long an upstream may take for one answer
 * @param upstreamBytesMax largest answer of an upstream
 * @param authorities a file of certificates to trust beside the JDK's
 */
public record GatewaySettings(
    String baseUrl,
    boolean privateUpstreams,
    Duration upstreamTimeout,
    int upstreamBytesMax,
    Optional<Path> authorities) {

  /** Checks the base URL's form. */
  public GatewaySettings {
    URI uri = URI.create(baseUrl);
    Check.that(
        uri.isAbsolute() && uri.getHost() != null && uri.getRawQuery() == null,
        "talos.base.url is an absolute URL");
    Check.that(!baseUrl.endsWith("/"), "talos.base.url does not end in a slash");
  }

  /** Reads them. */
  public static GatewaySettings read(Settings settings) {
    return new GatewaySettings(
        settings.text("talos.base.url"),
        settings.flag("talos.gateway.private-upstreams"),
        settings.duration("talos.gateway.upstream-timeout-millis"),
        settings.number("talos.gateway.upstream-bytes-max"),
        Optional.of(settings.text("talos.http.authorities-file"))
            .filter(file -> !file.isEmpty())
            .map(Path::of));
  }
}
