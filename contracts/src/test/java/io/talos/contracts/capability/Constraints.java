package io.talos.contracts.capability;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** Constraints of every type from a small world, and values that they may or may not admit. */
final class Constraints {
  private static final ArgumentPointer AT = new ArgumentPointer("/x");
  private static final List<String> HOSTS =
      List.of(
          "a.example", "b.a.example", "*.a.example", "*.b.a.example", "192.0.2.1", "[2001:db8::1]");

  private Constraints() {}

  static Constraint any(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> new Constraint.Exact(AT, scalar(random));
      case 1 -> new Constraint.OneOf(AT, List.of(scalar(random), scalar(random)));
      case 2 -> range(random);
      case 3 -> new Constraint.PathPrefix(AT, path(random));
      case 4, 5 -> new Constraint.Glob(AT, new GlobPattern(pattern(random)));
      case 6 -> new Constraint.Url(AT, url(random));
      default -> digests(random);
    };
  }

  private static Constraint range(Random random) {
    long low = random.nextInt(6);
    return new Constraint.Range(
        AT,
        random.nextBoolean() ? OptionalLong.of(low) : OptionalLong.empty(),
        OptionalLong.of(low + random.nextInt(4)));
  }

  private static Constraint digests(Random random) {
    List<Bytes> digests = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      digests.add(Sha256.of(CanonicalJson.encode(structure(random))));
    }
    return new Constraint.ArgumentDigest(AT, digests);
  }

  private static JsonObject structure(Random random) {
    return Json.createObjectBuilder().add("n", random.nextInt(3)).build();
  }

  private static UrlPattern url(Random random) {
    return new UrlPattern(
        random.nextBoolean() ? List.of("https") : List.of("https", "http"),
        List.of(one(random, HOSTS), one(random, HOSTS)),
        random.nextInt(3) == 0 ? List.of(443, 8443) : List.of(),
        random.nextBoolean() ? Optional.of(path(random)) : Optional.empty());
  }

  private static String path(Random random) {
    return one(random, List.of("/", "/a", "/a/b", "/ab", "/a/b/ab"));
  }

  private static String pattern(Random random) {
    StringBuilder pattern = new StringBuilder();
    int many = random.nextInt(5);
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      pattern.append(i > 0 || random.nextInt(4) > 0 ? "/" : "");
      pattern.append(
          i == many
              ? "**"
              : one(random, List.of("a", "b", "*", "a*", "*b", "a*b", "*a*", "ab*b*")));
    }
    return pattern.toString();
  }

  private static Scalar scalar(Random random) {
    return new Scalar(
        switch (random.nextInt(4)) {
          case 0 -> Json.createValue(path(random));
          case 1 -> Json.createValue(address(random));
          default -> Json.createValue(random.nextInt(8));
        });
  }

  private static String address(Random random) {
    return one(random, List.of("https", "http", "HTTPS"))
        + "://"
        + one(
            random,
            List.of("a.example", "b.a.example", "c.b.a.example", "192.0.2.1", "[2001:db8::1]"))
        + one(random, List.of("", "", ":443", ":8443", ":80"))
        + one(random, List.of("", "/", "/a", "/a/b?q=/../", "/a/../b", "/ab#x"));
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      text.append(i > 0 || random.nextInt(4) > 0 ? "/" : "");
      text.append(one(random, List.of("a", "b", "ab", "aab", "abb", "ba", "abab", "..", "a.")));
    }
    return text.toString();
  }

  /** A value that {@code constraint} might admit. */
  static JsonValue value(Random random, Constraint constraint) {
    if (random.nextInt(10) == 0) {
      return JsonValue.TRUE;
    }
    if (constraint instanceof Constraint.Exact exact && random.nextBoolean()) {
      return exact.value().json();
    }
    if (constraint instanceof Constraint.OneOf choice && random.nextBoolean()) {
      return choice.values().get(random.nextInt(choice.values().size())).json();
    }
    if (constraint instanceof Constraint.Url) {
      return Json.createValue(address(random));
    }
    if (constraint instanceof Constraint.ArgumentDigest) {
      return structure(random);
    }
    if (constraint instanceof Constraint.Range) {
      return Json.createValue(java.math.BigDecimal.valueOf(random.nextInt(90), 1));
    }
    return Json.createValue(text(random));
  }

  private static String one(Random random, List<String> of) {
    return of.get(random.nextInt(of.size()));
  }
}
