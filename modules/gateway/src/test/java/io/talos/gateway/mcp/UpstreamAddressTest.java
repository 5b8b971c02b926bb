package io.talos.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mallory wants the gateway to call a service that only the gateway can reach. */
class UpstreamAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/mcp",
        "http://127.8.9.10:8080/",
        "http://[::1]/mcp",
        "http://10.0.0.7/",
        "http://192.168.1.1/",
        "http://172.16.3.4/",
        "http://100.64.0.1/",
        "http://[fd00::1]/",
        "http://[::ffff:10.0.0.7]/",
        "http://[::10.0.0.7]/",
        "http://[64:ff9b::10.0.0.7]/",
        "http://[64:ff9b:1::1]/",
        "http://[2002:7f00:1::1]/",
        "http://192.0.0.8/",
        "http://198.18.0.1/",
        "http://198.19.255.255/"
      })
  void a_private_address_is_refused_unless_private_upstreams_are_meant(String url) {
    assertThatThrownBy(() -> UpstreamAddress.check(URI.create(url), false))
        .isInstanceOfSatisfying(
            TalosException.class,
            e ->
                org.assertj.core.api.Assertions.assertThat(e.code())
                    .isEqualTo(ErrorCode.UPSTREAM_ADDRESS_FORBIDDEN));
    assertThatCode(() -> UpstreamAddress.check(URI.create(url), true)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://[fe80::1]/",
        "http://[64:ff9b::169.254.169.254]/latest/meta-data",
        "http://[2002:a9fe:a9fe::1]/latest/meta-data",
        "http://[::169.254.169.254]/",
        "http://[::]/",
        "http://0.1.2.3/",
        "http://240.0.0.1/",
        "http://255.255.255.255/"
      })
  void a_link_local_or_wildcard_address_is_never_meant(String url) {
    assertThatThrownBy(() -> UpstreamAddress.check(URI.create(url), true))
        .isInstanceOf(TalosException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://192.0.2.7/mcp",
        "https://198.20.0.1/",
        "https://100.128.0.1/",
        "https://[2001:db8::7]/",
        "https://[64:ff9b::192.0.2.7]/"
      })
  void a_public_address_is_allowed(String url) {
    assertThatCode(() -> UpstreamAddress.check(URI.create(url), false)).doesNotThrowAnyException();
  }
}
