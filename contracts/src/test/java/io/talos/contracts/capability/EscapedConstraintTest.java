package io.talos.contracts.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.json.Json;
import io.talos.contracts.registry.Threat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The aim: an argument that the constraint takes for harmless and the tool does not. */
@Threat("T-CAPABILITYABUSE-01")
class EscapedConstraintTest {
  private static final ArgumentPointer AT = new ArgumentPointer("/x");

  @Test
  void no_writing_of_a_path_leads_out_of_its_prefix() {
    Constraint below = new Constraint.PathPrefix(AT, "/srv/notes");

    assertAdmits(below, "/srv/notes", "/srv/notes/a.txt", "/srv/notes/...a/b c", "/srv/notes/~a");
    assertRefuses(
        below,
        "/srv/notes/../etc",
        "/srv/notes/./../../etc",
        "/srv/notes2",
        "/srv/notes/",
        "/srv//notes/a",
        "srv/notes/a",
        "//srv/notes/a",
        "/srv/notes/%2e%2e/etc",
        "/srv/notes/%252e%252e/etc",
        "/srv/notes/..%c0%af/etc",
        "/srv/notes\\..\\etc",
        "/srv/notes/..;/etc",
        "/srv/notes/.. /etc",
        "/srv/notes/.../etc",
        "/srv/notes/a\0/../../etc",
        "/srv/notes/a\n",
        "/srv/notes/\uFF0E\uFF0E/etc",
        "/srv/notes/\u2024\u2024/etc",
        "/srv/notes\uFF0F..\uFF0Fetc",
        "/srv/notes\u2215..\u2215etc",
        "/srv/notes/a\u0301",
        "/srv/notes/\u202E/cte",
        "/srv/note\u017F",
        "/SRV/notes/a",
        "/srv/notes/*",
        "/srv/notes/`id`");
  }

  @Test
  void no_writing_of_a_host_leads_elsewhere() {
    Constraint only =
        new Constraint.Url(
            AT,
            new UrlPattern(
                List.of("https"),
                List.of("api.example.com", "*.docs.example.com", "192.0.2.1", "[2001:db8::1]"),
                List.of(),
                Optional.empty()));

    assertAdmits(
        only,
        "https://api.example.com",
        "https://api.example.com/../x?a=b@c#d",
        "https://api.example.com:443/",
        "https://a.b.docs.example.com/",
        "https://192.0.2.1/",
        "https://[2001:db8::1]:443/x");
    assertRefuses(
        only,
        "http://api.example.com/",
        "HTTPS://api.example.com/",
        "https://API.example.com/",
        "https://api.example.com./",
        "https://api.example.com:8443/",
        "https://api.example.com:0443/",
        "https://api.example.com:/",
        "https://api.example.com:443@evil.test/",
        "https://api.example.com@evil.test/",
        "https://evil.test/@api.example.com",
        "https://evil.test#@api.example.com",
        "https://evil.test\\@api.example.com/",
        "https:/api.example.com/",
        "https:api.example.com/",
        "https:\\\\api.example.com/",
        " https://api.example.com/",
        "https://api.example.com\t/",
        "https://api.example.com%2eevil.test/",
        "https://api.example.com.evil.test/",
        "https://evilapi.example.com/",
        "https://docs.example.com/",
        "https://xdocs.example.com/",
        "https://.docs.example.com/",
        "https://\u0430pi.example.com/",
        "https://api\u3002example.com/",
        "https://3221225985/",
        "https://0xC0000201/",
        "https://192.0.513/",
        "https://0300.0.2.1/",
        "https://192.0.2.1./",
        "https://[::ffff:192.0.2.1]/",
        "https://[2001:db8:0::1]/",
        "https://[2001:DB8::1]/",
        "https://[2001:db8::1%25eth0]/",
        "https://[2001:db8::1]evil.test/");
  }

  @Test
  void a_url_stays_under_its_path_and_at_its_ports() {
    Constraint under =
        new Constraint.Url(
            AT,
            new UrlPattern(
                List.of("https", "ws"),
                List.of("a.example"),
                List.of(8443, 80),
                Optional.of("/v1")));

    assertAdmits(
        under,
        "https://a.example:8443/v1",
        "ws://a.example/v1/x?y=/../",
        "https://a.example:80/v1#/");
    assertRefuses(
        under,
        "https://a.example/v1",
        "https://a.example:8443/v2",
        "https://a.example:8443/v1/../v2",
        "https://a.example:8443/v1/%2e%2e/v2",
        "https://a.example:8443/v1/..;a/v2",
        "https://a.example:8443/v10",
        "https://a.example:8443/",
        "https://a.example:8443");
  }

  @Test
  void a_glob_matches_by_segments_and_only_plain_texts() {
    Constraint reports = new Constraint.Glob(AT, new GlobPattern("/reports/*/20*-*.csv"));
    Constraint deep = new Constraint.Glob(AT, new GlobPattern("src/**/*.java"));
    Constraint mail = new Constraint.Glob(AT, new GlobPattern("*@example.com"));

    assertAdmits(reports, "/reports/eu/2026-01.csv", "/reports/eu/20-.csv");
    assertRefuses(
        reports,
        "/reports/2026-01.csv",
        "/reports/eu/a/2026-01.csv",
        "/reports/eu/2026-01.csv/x",
        "/reports/eu/2026-01.csv ",
        "/reports/../2026-01.csv",
        "reports/eu/2026-01.csv",
        "/reports/eu/2026-01_csv",
        "/reports/eu/20\uFF0D-01.csv");
    assertAdmits(deep, "src/a/b.java", "src/a/b/c/d.java");
    assertRefuses(deep, "src/b.java", "src/a/b.javac", "src/a/../b.java", "/src/a/b.java");
    assertAdmits(mail, "alice@example.com", "@example.com");
    assertRefuses(mail, "alice@example.com.evil.test", "a/b@example.com", "alice@example\uFF0Ecom");
  }

  @Test
  void a_long_text_does_not_make_a_glob_slow() {
    GlobPattern nasty = new GlobPattern("a*".repeat(120) + "b");

    assertThat(nasty.matches("a".repeat(4096))).isFalse();
    assertThat(nasty.matches("a".repeat(4097) + "b")).as("longer than any text").isFalse();
    assertThat(nasty.matches("a".repeat(4000) + "b")).isTrue();
  }

  @Test
  void what_is_no_plain_pattern_cannot_be_written() {
    for (String bad :
        List.of("", "/", "a//b", "a/..", "a***", "**a", "**/x/**", "a/", "a%b", "\u00e4")) {
      assertThatThrownBy(() -> new GlobPattern(bad))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (String bad :
        List.of(
            "*",
            "*.com",
            "*.1.2",
            "a..b",
            "-a.b",
            "a.b.",
            "[::ffff:1.2.3.4]",
            "1.2.3",
            "[1::2::3]")) {
      assertThatThrownBy(() -> UrlPattern.of(List.of("https"), List.of(bad)))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void a_limit_counts_an_ipv6_address_with_the_network_that_its_caller_has_to_itself() {
    for (String mallorys :
        List.of(
            "2001:db8:0:1::1",
            "2001:0DB8:0:1:ffff:ffff:ffff:ffff",
            "2001:db8::1:0:0:0:5",
            "2001:db8:0:1::2%eth0")) {
      assertThat(SourceNetwork.ofCaller(mallorys)).as(mallorys).isEqualTo("2001:db8:0:1::/64");
    }
    assertThat(SourceNetwork.ofCaller("2001:db8:0:2::1")).isEqualTo("2001:db8:0:2::/64");
    assertThat(SourceNetwork.ofCaller("192.0.2.7")).isEqualTo("192.0.2.7");
    assertThat(SourceNetwork.ofCaller("::ffff:192.0.2.7")).isEqualTo("192.0.2.7");
    assertThat(SourceNetwork.ofCaller("no address")).isEqualTo("no address");
  }

  @Test
  void an_address_counts_by_its_bits_and_not_by_its_text() {
    SourceNetwork office = SourceNetwork.parse("192.0.2.128/25");
    SourceNetwork lab = SourceNetwork.parse("2001:db8:8000::/33");

    assertThat(in(office, "192.0.2.128", "192.0.2.255", "::ffff:192.0.2.200", "::FFFF:C000:2C8"))
        .isTrue();
    for (String other :
        List.of(
            "192.0.2.127",
            "192.0.3.128",
            "192.0.2.0200",
            "0xC00002C8",
            "192.0.2.200 ",
            "",
            "::192.0.2.200")) {
      assertThat(in(office, other)).as(other).isFalse();
    }
    assertThat(in(lab, "2001:db8:8000::1", "2001:DB8:FFFF:0:0:0:0:1")).isTrue();
    for (String other :
        List.of(
            "2001:db8:7fff::1",
            "2001:db8:8000::1%eth0",
            "[2001:db8:8000::1]",
            "2001:db8:8000:::1")) {
      assertThat(in(lab, other)).as(other).isFalse();
    }
  }

  @Test
  void a_network_has_one_text() {
    for (String good :
        List.of(
            "0.0.0.0/0",
            "::/0",
            "::1/128",
            "2001:db8::/32",
            "1:0:0:2::/64",
            "1:2:3:4:5:6:7:8/128")) {
      assertThat(SourceNetwork.parse(good).text()).isEqualTo(good);
    }
    for (String bad :
        List.of(
            "192.0.2.1/24",
            "192.0.2.0/33",
            "192.0.2.0/024",
            "192.0.2.0",
            "192.0.2/24",
            "192.00.2.0/24",
            "2001:DB8::/32",
            "2001:0db8::/32",
            "2001:db8:0:0:0:0:0:0/32",
            "1::2:0:0:0/64",
            "::ffff:192.0.2.0/120",
            "::192.0.2.0/120",
            "::/129",
            "::ffff:0:0/96")) {
      assertThatThrownBy(() -> SourceNetwork.parse(bad))
          .as(bad)
          .isInstanceOf(io.talos.contracts.error.TalosException.class);
    }
  }

  private static boolean in(SourceNetwork network, String... addresses) {
    return List.of(addresses).stream()
        .allMatch(a -> SourceNetwork.address(a).filter(network::holds).isPresent());
  }

  private static void assertAdmits(Constraint constraint, String... values) {
    for (String value : values) {
      assertThat(constraint.admits(Json.createValue(value))).as(value).isTrue();
    }
  }

  private static void assertRefuses(Constraint constraint, String... values) {
    for (String value : values) {
      assertThat(constraint.admits(Json.createValue(value))).as(value).isFalse();
    }
  }
}
