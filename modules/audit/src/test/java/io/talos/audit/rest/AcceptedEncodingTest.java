package io.talos.audit.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client gets a form that it cannot read. */
class AcceptedEncodingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip",
        "GZIP",
        "x-gzip",
        "br, gzip",
        "gzip;q=0.5, identity;q=1",
        "gzip; q=1.000",
        "*",
        "identity;q=0, *;q=0.001",
        "*;q=0, gzip"
      })
  void gzip_is_sent_to_who_takes_it(String header) {
    assertThat(AcceptedEncoding.of(header).gzip()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "identity",
        "br",
        "gzip;q=0",
        "gzip;q=0.000",
        "gzip;q=0.",
        "*, gzip;q=0",
        "gzip;q=x",
        "gzip;level=1",
        "gzipped",
        ";;;"
      })
  void and_to_nobody_else(String header) {
    assertThat(AcceptedEncoding.of(header).gzip()).isFalse();
  }

  @Test
  void who_says_nothing_gets_the_file_as_it_is() {
    assertThat(AcceptedEncoding.of(null).gzip()).isFalse();
  }
}
