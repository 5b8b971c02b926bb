package io.talos.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mallory looks for an address that means a service which only this server can reach. */
class ReachTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.8.9.10",
        "10.0.0.7",
        "100.64.0.1",
        "100.127.255.255",
        "172.16.3.4",
        "172.31.255.255",
        "192.168.1.1",
        "192.0.0.8",
        "192.0.2.7",
        "192.88.99.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.9",
        "::1",
        "fd00::1",
        "fc00::1",
        "::ffff:10.0.0.7",
        "::ffff:0:10.0.0.7",
        "::10.0.0.7",
        "::8.8.8.8",
        "64:ff9b::10.0.0.7",
        "64:ff9b:1::1",
        "100::1",
        "2001:0:1:2:3:4:f5ff:fff8",
        "2001:10::1",
        "2001:20::1",
        "2001:db8::7",
        "2002:7f00:1::1",
        "2002:a00:7::1",
        "3fff::1",
        "5f00::1",
        "4000::1",
        "fec0::1"
      })
  void a_private_address_is_reached_only_when_private_ones_are_meant(String text)
      throws UnknownHostException {
    InetAddress address = InetAddress.getByName(text);

    assertThat(Reach.PUBLIC.allows(address)).isFalse();
    assertThat(Reach.PRIVATE_TOO.allows(address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "169.254.169.254",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "fe80::1",
        "febf::1",
        "ff02::1",
        "::ffff:169.254.169.254",
        "::169.254.169.254",
        "64:ff9b::169.254.169.254",
        "64:ff9b::0.0.0.0",
        "2002:a9fe:a9fe::1",
        "2001:0:1:2:3:4:5601:5601"
      })
  void nobody_means_a_neighbour_a_group_or_the_wildcard(String text) throws UnknownHostException {
    InetAddress address = InetAddress.getByName(text);

    assertThat(Reach.PUBLIC.allows(address)).isFalse();
    assertThat(Reach.PRIVATE_TOO.allows(address)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.1",
        "126.255.255.255",
        "128.0.0.1",
        "169.253.255.255",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.1",
        "192.169.0.1",
        "198.17.255.255",
        "198.20.0.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2001:4860:4860::8888",
        "2001:200::1",
        "2620:4f:8001::1",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1"
      })
  void a_public_address_is_reached(String text) throws UnknownHostException {
    InetAddress address = InetAddress.getByName(text);

    assertThat(Reach.PUBLIC.allows(address)).isTrue();
    assertThat(Reach.PRIVATE_TOO.allows(address)).isTrue();
  }
}
