package io.talos.contracts.capability.vectors;

import static io.talos.contracts.capability.vectors.ConstraintTexts.constraint;
import static io.talos.contracts.capability.vectors.ConstraintTexts.exact;
import static io.talos.contracts.capability.vectors.ConstraintTexts.glob;
import static io.talos.contracts.capability.vectors.ConstraintTexts.oneOf;
import static io.talos.contracts.capability.vectors.ConstraintTexts.path;
import static io.talos.contracts.capability.vectors.ConstraintTexts.url;

import java.util.List;

/** Constraints that nobody may read as one. */
final class MalformedConstraints {
  private MalformedConstraints() {}

  static List<String> all() {
    return List.of(
        "{}",
        "1",
        "{\"pointer\":\"/x\",\"type\":\"Exact\",\"value\":1}",
        "{\"pointer\":\"/x\",\"type\":\"regex\",\"value\":\".*\"}",
        "{\"type\":\"exact\",\"value\":1}",
        "{\"pointer\":\"x\",\"type\":\"exact\",\"value\":1}",
        "{\"pointer\":\"/x~2\",\"type\":\"exact\",\"value\":1}",
        "{\"pointer\":\"/x~\",\"type\":\"exact\",\"value\":1}",
        "{\"pointer\":" + Forge.quoted("/" + "x".repeat(256)) + ",\"type\":\"exact\",\"value\":1}",
        exact("1.5"),
        exact("[]"),
        exact("null"),
        exact("9007199254740992"),
        exact(Forge.quoted("x".repeat(1025))),
        oneOf("[]"),
        oneOf("[" + "1,".repeat(64) + "1]"),
        oneOf("[{}]"),
        constraint("range"),
        constraint("range", "max", "1", "min", "2"),
        constraint("range", "max", "\"1\""),
        constraint("range", "max", "1", "step", "1"),
        path(""),
        path("a"),
        path("/a/"),
        path("/a/../b"),
        path("/\u00e4"),
        glob(""),
        glob("/"),
        glob("a***"),
        glob("**/x/**"),
        glob("a**"),
        glob("a/../b"),
        glob("a?"),
        glob("x".repeat(257)),
        url("[]", "[\"a.example\"]"),
        url("[\"https\"]", "[]"),
        url("[\"HTTPS\"]", "[\"a.example\"]"),
        url("[\"https\"]", "[\"*\"]"),
        url("[\"https\"]", "[\"*.example\"]"),
        url("[\"https\"]", "[\"a.*.example\"]"),
        url("[\"https\"]", "[\"A.example\"]"),
        url("[\"https\"]", "[\"a.example.\"]"),
        url("[\"https\"]", "[\"1.2.3\"]"),
        url("[\"https\"]", "[\"a.0x7f\"]"),
        url("[\"https\"]", "[\"[::ffff:1.2.3.4]\"]"),
        url("[\"https\"]", "[\"a.example\"]", "ports", "[]"),
        url("[\"https\"]", "[\"a.example\"]", "ports", "[0]"),
        url("[\"https\"]", "[\"a.example\"]", "ports", "[65536]"),
        url("[\"https\"]", "[\"a.example\"]", "path_prefix", "\"/a/\""),
        constraint("argument-digest", "digests", "[]"),
        constraint("argument-digest", "digests", "[\"ab\"]"),
        constraint("argument-digest", "digests", "[" + Forge.quoted("AB".repeat(32)) + "]"));
  }
}
