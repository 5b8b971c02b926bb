package io.talos.runtime.http;

import java.net.InetAddress;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Builds the HTTP client that connects to checked addresses only and does nothing by itself. */
final class GuardedClient {
  private GuardedClient() {}

  static CloseableHttpClient of(AddressGuard guard, GuardedHttp.Bounds bounds, SSLContext tls) {
    return HttpClientBuilder.create()
        .setConnectionManager(connections(guard, bounds, tls))
        .setDefaultRequestConfig(requests(bounds.whole()))
        .setUserAgent("Talos")
        .disableAuthCaching()
        .disableAutomaticRetries()
        .disableConnectionState()
        .disableContentCompression()
        .disableCookieManagement()
        .disableRedirectHandling()
        .build();
  }

  private static PoolingHttpClientConnectionManager connections(
      AddressGuard guard, GuardedHttp.Bounds bounds, SSLContext tls) {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setDnsResolver(new Checked(guard))
        .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder()
                .http1Config(
                    Http1Config.custom()
                        .setMaxHeaderCount(Limits.FIELDS_MAX)
                        .setMaxLineLength(Limits.LINE_CHARACTERS_MAX)
                        .build())
                .build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(timeout(Limits.CONNECT_MAX))
                .setSocketTimeout(timeout(bounds.whole()))
                .setTimeToLive(TimeValue.of(Limits.CONNECTION_LIFE))
                .setValidateAfterInactivity(TimeValue.of(Limits.IDLE_MAX))
                .build())
        .setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(timeout(bounds.whole())).build())
        .setMaxConnTotal(bounds.connectionsMax())
        .setMaxConnPerRoute(bounds.hostConnectionsMax())
        .build();
  }

  private static RequestConfig requests(Duration whole) {
    return RequestConfig.custom()
        .setConnectionRequestTimeout(timeout(whole))
        .setResponseTimeout(timeout(whole))
        .setProtocolUpgradeEnabled(false)
        .setAuthenticationEnabled(false)
        .build();
  }

  private static Timeout timeout(Duration duration) {
    return Timeout.of(duration);
  }

  /** The only way from a name to an address. */
  private static final class Checked implements DnsResolver {
    private final AddressGuard guard;

    Checked(AddressGuard guard) {
      this.guard = guard;
    }

    @Override
    public InetAddress[] resolve(String host) {
      return guard.resolve(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
