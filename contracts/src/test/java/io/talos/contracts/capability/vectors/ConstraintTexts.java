package io.talos.contracts.capability.vectors;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Sha256;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/** Constraints as canonical text: used, passed on, and malformed. */
final class ConstraintTexts {
  private static final List<Use> USES = new ArrayList<>();
  private static final List<Step> STEPS = new ArrayList<>();

  private ConstraintTexts() {}

  /** A constraint and the arguments of a call. */
  record Use(String constraint, String arguments, boolean good) {}

  /** A constraint and what the next link makes of it. */
  record Step(String before, String after, boolean good) {}

  static List<Use> uses() {
    return Collections.unmodifiableList(USES);
  }

  static List<Step> steps() {
    return Collections.unmodifiableList(STEPS);
  }

  static String constraint(String type, String... members) {
    TreeMap<String, String> all = new TreeMap<>();
    all.put("type", Forge.quoted(type));
    all.put("pointer", "\"/x\"");
    for (int i = 0; i < members.length; i += 2) {
      all.put(members[i], members[i + 1]);
    }
    StringBuilder text = new StringBuilder();
    all.forEach(
        (name, json) ->
            text.append(text.isEmpty() ? "{" : ",")
                .append(Forge.quoted(name))
                .append(':')
                .append(json));
    return text.append('}').toString();
  }

  static String exact(String value) {
    return constraint("exact", "value", value);
  }

  static String oneOf(String values) {
    return constraint("one-of", "values", values);
  }

  static String path(String prefix) {
    return constraint("path-prefix", "prefix", Forge.quoted(prefix));
  }

  static String glob(String pattern) {
    return constraint("glob", "pattern", Forge.quoted(pattern));
  }

  static String url(String schemes, String hosts, String... more) {
    List<String> members = new ArrayList<>(List.of("schemes", schemes, "hosts", hosts));
    members.addAll(List.of(more));
    return constraint("url", members.toArray(String[]::new));
  }

  static String digest(String... jcs) {
    List<String> digests = new ArrayList<>();
    for (String text : jcs) {
      digests.add(Forge.quoted(Sha256.of(Bytes.utf8(text)).hex()));
    }
    return constraint("argument-digest", "digests", "[" + String.join(",", digests) + "]");
  }

  private static void admits(String constraint, String... values) {
    for (String value : values) {
      USES.add(new Use(constraint, "{\"x\":" + value + "}", true));
    }
  }

  private static void refuses(String constraint, String... values) {
    for (String value : values) {
      USES.add(new Use(constraint, "{\"x\":" + value + "}", false));
    }
  }

  private static void narrows(String before, String... after) {
    for (String text : after) {
      STEPS.add(new Step(before, text, true));
    }
  }

  private static void widens(String before, String... after) {
    for (String text : after) {
      STEPS.add(new Step(before, text, false));
    }
  }

  static {
    values();
    paths();
    urls();
    pointers();
    digests();
    passedOn();
  }

  private static void values() {
    admits(exact("1"), "1", "1.0", "10e-1", "0.1e1");
    refuses(
        exact("1"), "\"1\"", "true", "1.0000000000000000000000000001", "2", "[1]", "{}", "null");
    refuses(exact("9007199254740991"), "9007199254740992", "9007199254740991.4");
    admits(exact("true"), "true");
    refuses(exact("true"), "1", "\"true\"", "false");
    admits(exact("\"\u00e9\""), "\"\u00e9\"", "\"\\u00e9\"");
    refuses(exact("\"\u00e9\""), "\"e\u0301\"", "\"\u00c9\"");
    admits(oneOf("[\"eu\",7,false]"), "\"eu\"", "7", "false");
    refuses(oneOf("[\"eu\",7,false]"), "\"us\"", "8", "true", "\"7\"");
    String range = constraint("range", "max", "100", "min", "-5");
    admits(range, "-5", "100", "0", "-0", "99.999", "1e2", "-5.0");
    refuses(
        range,
        "-5.0000000000000000001",
        "100.00000000000000000001",
        "101",
        "1e3",
        "\"50\"",
        "null");
    admits(constraint("range", "min", "9007199254740991"), "9007199254740991", "1e300");
    refuses(constraint("range", "max", "0"), "1e-300", "5e-324");
  }

  private static void paths() {
    String below = path("/srv/notes");
    admits(
        below,
        "\"/srv/notes\"",
        "\"/srv/notes/a\"",
        "\"/srv/notes/...a/b c/~$!\"",
        "\"\\/srv/notes/a\"");
    refuses(
        below,
        "\"/srv/notes2\"",
        "\"/srv/notes/\"",
        "\"/srv/notes/../x\"",
        "\"/srv/notes/./x\"",
        "\"/srv//notes\"",
        "\"srv/notes\"",
        "\"/srv/notes/%2e%2e/x\"",
        "\"/srv/notes/..;/x\"",
        "\"/srv/notes/.../x\"",
        "\"/srv/notes/.. /x\"",
        "\"/srv/notes\\\\..\\\\x\"",
        "\"/srv/notes/a\\u0000\"",
        "\"/srv/notes/\uFF0E\uFF0E/x\"",
        "\"/srv/notes\u2215x\"",
        "\"/srv/notes/a\u0301\"",
        "\"/srv/notes/\u202Ea\"",
        "\"/SRV/notes/a\"",
        "\"/srv/notes/*\"",
        "\"/srv/notes/a?b\"",
        "[\"/srv/notes\"]",
        "\"\"",
        "\"/\"");
    admits(path("/"), "\"/\"", "\"/a/b\"");
    refuses(path("/"), "\"a\"", "\"//\"", "\"/a/\"");
    String reports = glob("/reports/*/20*-*.csv");
    admits(reports, "\"/reports/eu/2026-01.csv\"", "\"/reports/eu/20-.csv\"");
    refuses(
        reports,
        "\"/reports/2026-01.csv\"",
        "\"/reports/eu/x/2026-01.csv\"",
        "\"/reports/../2026-01.csv\"",
        "\"reports/eu/2026-01.csv\"",
        "\"/reports/eu/2026-01_csv\"",
        "\"/reports/eu/2026-01.csv \"");
    admits(glob("src/**/*.java"), "\"src/a/b.java\"", "\"src/a/b/c/d.java\"");
    refuses(glob("src/**/*.java"), "\"src/b.java\"", "\"/src/a/b.java\"", "\"src/a/.java.\"");
    admits(glob("**"), "\"a\"", "\"a/b\"");
    refuses(glob("**"), "\"/a\"", "\"\"");
    admits(glob("*@example.com"), "\"alice@example.com\"", "\"@example.com\"");
    refuses(
        glob("*@example.com"),
        "\"a@example.com.test\"",
        "\"a/b@example.com\"",
        "\"a@example\uFF0Ecom\"");
    admits(glob("a*ba*b"), "\"abab\"", "\"axbaxb\"");
    refuses(glob("a*ba*b"), "\"aba\"", "\"ab\"", "\"abb\"");
  }

  private static void urls() {
    String only =
        url(
            "[\"https\"]",
            "[\"api.example.com\",\"*.docs.example.com\",\"192.0.2.1\",\"[2001:db8::1]\"]");
    admits(
        only,
        "\"https://api.example.com\"",
        "\"https://api.example.com/../x?a=b@c#d\"",
        "\"https://api.example.com:443/\"",
        "\"https://a.b.docs.example.com/\"",
        "\"https://192.0.2.1/\"",
        "\"https://[2001:db8::1]:443\"");
    refuses(
        only,
        "\"http://api.example.com/\"",
        "\"HTTPS://api.example.com/\"",
        "\"https://API.example.com/\"",
        "\"https://api.example.com./\"",
        "\"https://api.example.com:8443/\"",
        "\"https://api.example.com:0443/\"",
        "\"https://api.example.com:/\"",
        "\"https://api.example.com@evil.test/\"",
        "\"https://api.example.com:443@evil.test/\"",
        "\"https://evil.test#@api.example.com\"",
        "\"https://evil.test\\\\@api.example.com/\"",
        "\"https:/api.example.com/\"",
        "\" https://api.example.com/\"",
        "\"https://api.example.com%2eevil.test/\"",
        "\"https://docs.example.com/\"",
        "\"https://xdocs.example.com/\"",
        "\"https://.docs.example.com/\"",
        "\"https://\u0430pi.example.com/\"",
        "\"https://3221225985/\"",
        "\"https://0xC0000201/\"",
        "\"https://192.0.513/\"",
        "\"https://[::ffff:192.0.2.1]/\"",
        "\"https://[2001:db8:0::1]/\"",
        "\"https://[2001:db8::1]x/\"");
    String under =
        url(
            "[\"https\",\"ws\",\"amqp\"]",
            "[\"a.example\"]",
            "ports",
            "[8443,80]",
            "path_prefix",
            "\"/v1\"");
    admits(
        under,
        "\"https://a.example:8443/v1\"",
        "\"ws://a.example/v1/x?y=/../\"",
        "\"amqp://a.example:80/v1\"");
    refuses(
        under,
        "\"https://a.example/v1\"",
        "\"https://a.example:8443/v10\"",
        "\"https://a.example:8443/v1/../v2\"",
        "\"https://a.example:8443/v1/%2e%2e/v2\"",
        "\"https://a.example:8443/v1/\"",
        "\"https://a.example:8443\"",
        "\"amqp://a.example/v1\"");
    admits(url("[\"amqp\"]", "[\"a.example\"]"), "\"amqp://a.example/\"");
    refuses(url("[\"amqp\"]", "[\"a.example\"]"), "\"amqp://a.example:5672/\"");
  }

  private static void pointers() {
    String inner = "{\"pointer\":\"/a~1b/0/m~0n\",\"type\":\"exact\",\"value\":1}";
    USES.add(new Use(inner, "{\"a/b\":[{\"m~n\":1}]}", true));
    USES.add(new Use(inner, "{\"a/b\":{\"0\":{\"m~n\":1}}}", true));
    USES.add(new Use(inner, "{\"a/b\":[]}", false));
    USES.add(
        new Use("{\"pointer\":\"/a/00\",\"type\":\"exact\",\"value\":1}", "{\"a\":[1]}", false));
    USES.add(
        new Use("{\"pointer\":\"/a/-\",\"type\":\"exact\",\"value\":1}", "{\"a\":[1]}", false));
    USES.add(
        new Use("{\"pointer\":\"/a/\",\"type\":\"exact\",\"value\":1}", "{\"a\":{\"\":1}}", true));
    USES.add(new Use("{\"pointer\":\"/~01\",\"type\":\"exact\",\"value\":1}", "{\"~1\":1}", true));
    USES.add(new Use(exact("1"), "{}", false));
    USES.add(new Use(exact("1"), "{\"X\":1}", false));
  }

  private static void digests() {
    String whole = digest("{\"a\":1,\"b\":[true,null,\"x\"]}").replace("\"/x\"", "\"\"");
    USES.add(new Use(whole, "{ \"b\" : [true, null, \"x\"], \"a\" : 1.0 }", true));
    USES.add(new Use(whole, "{\"a\":1,\"b\":[true,null,\"X\"]}", false));
    admits(digest("[9007199254740992]"), "[9007199254740992]");
    refuses(digest("[9007199254740992]"), "[9007199254740993]");
    admits(digest("[0.1,1e+21,1e-7]"), "[0.1,1000000000000000000000,0.0000001]");
    refuses(
        digest("[0.1]"), "[0.1000000000000000055511151231]", "[0.10000000000000000000000000001]");
    admits(digest("{\"\uD83D\uDE00\":1,\"\uFB33\":2}"), "{\"\uFB33\":2,\"\uD83D\uDE00\":1}");
    refuses(digest("1"), "1");
    refuses(digest("\"a\""), "\"a\"");
  }

  private static void passedOn() {
    String range = constraint("range", "max", "10", "min", "1");
    narrows(range, range, constraint("range", "max", "9", "min", "2"), exact("5"), oneOf("[1,10]"));
    widens(
        range,
        constraint("range", "max", "10"),
        constraint("range", "max", "11", "min", "1"),
        exact("11"),
        exact("\"5\""),
        oneOf("[1,11]"),
        constraint("range", "max", "5", "min", "1").replace("/x", "/y"));
    narrows(oneOf("[\"a\",1]"), exact("1"), oneOf("[\"a\"]"), oneOf("[1,1]"));
    widens(
        oneOf("[\"a\",1]"),
        exact("2"),
        oneOf("[\"a\",1,2]"),
        constraint("range", "max", "1", "min", "1"));
    narrows(
        path("/a"),
        path("/a"),
        path("/a/b"),
        exact("\"/a/b\""),
        glob("/a/*"),
        glob("/a/**"),
        glob("/a"));
    widens(
        path("/a"),
        path("/"),
        path("/ab"),
        exact("\"/a/../b\""),
        glob("/*"),
        glob("/a*"),
        glob("a/b"),
        glob("/**"));
    narrows(path("/"), glob("/**"), path("/a"));
    narrows(
        glob("/a/**"), glob("/a/b"), glob("/a/*"), glob("/a/*/**"), path("/a/b"), glob("/a/**"));
    widens(glob("/a/**"), path("/a"), glob("/a"), glob("/**"), glob("a/**"));
    narrows(glob("a*"), glob("ab"), glob("a*c"), glob("a*"), exact("\"abc\""));
    widens(glob("a*"), glob("*"), glob("*a"), glob("**"), glob("a/b"), path("/a"));
    widens(glob("*"), glob("**"));
    narrows(glob("**"), glob("*"), glob("a/**/b"));
    widens(glob("a/*/b"), glob("a/**/b"));
    String sites =
        url("[\"https\",\"http\"]", "[\"*.a.example\",\"192.0.2.1\"]", "path_prefix", "\"/v1\"");
    narrows(
        sites,
        sites,
        url("[\"https\"]", "[\"x.a.example\",\"*.b.a.example\"]", "path_prefix", "\"/v1/x\""),
        url("[\"https\"]", "[\"192.0.2.1\"]", "ports", "[443]", "path_prefix", "\"/v1\""),
        exact("\"https://x.a.example/v1\""));
    widens(
        sites,
        url("[\"https\"]", "[\"a.example\"]", "path_prefix", "\"/v1\""),
        url("[\"https\"]", "[\"x.a.example\"]"),
        url("[\"https\"]", "[\"x.a.example\"]", "ports", "[8443]", "path_prefix", "\"/v1\""),
        url(
            "[\"https\",\"http\"]",
            "[\"x.a.example\"]",
            "ports",
            "[443]",
            "path_prefix",
            "\"/v1\""),
        url("[\"ws\"]", "[\"x.a.example\"]", "path_prefix", "\"/v1\""),
        exact("\"https://x.a.example\""));
    narrows(digest("[1]", "[2]"), digest("[2]"), digest("[1]", "[2]"));
    widens(digest("[1]"), digest("[1]", "[2]"), exact("1"));
  }
}
