package io.talos.contracts.capability;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a tool's arguments must be like. An argument that is absent breaks every constraint on it,
 * and a constraint of an unknown type cannot be read, so the capability is refused.
 */
public sealed interface Constraint
    permits Constraint.Exact,
        Constraint.OneOf,
        Constraint.Range,
        Constraint.PathPrefix,
        Constraint.Url,
        Constraint.Glob,
        Constraint.ArgumentDigest {

  /** Which argument. */
  ArgumentPointer pointer();

  /** Whether the argument may have this value. */
  boolean admits(JsonValue value);

  /** Its JSON form. */
  JsonObject json();

  /** Whether this constraint admits nothing that {@code wider} refuses. */
  boolean narrows(Constraint wider);

  /** Whether {@code arguments} keep it. */
  default boolean holds(JsonObject arguments) {
    return pointer().find(arguments).filter(this::admits).isPresent();
  }

  /**
   * Reads a constraint.
   *
   * @throws TalosException {@link ErrorCode#CAPABILITY_INVALID} when it is not one
   */
  static Constraint parse(JsonObject json) {
    String type = json.get("type") instanceof JsonString text ? text.getString() : "";
    return switch (type) {
      case Exact.TYPE -> Exact.read(new Members(json, Set.of("type", "pointer", "value")));
      case OneOf.TYPE -> OneOf.read(new Members(json, Set.of("type", "pointer", "values")));
      case Range.TYPE -> Range.read(new Members(json, Set.of("type", "pointer", "min", "max")));
      case PathPrefix.TYPE ->
          PathPrefix.read(new Members(json, Set.of("type", "pointer", "prefix")));
      case Url.TYPE ->
          Url.read(
              new Members(
                  json, Set.of("type", "pointer", "schemes", "hosts", "ports", "path_prefix")));
      case Glob.TYPE -> Glob.read(new Members(json, Set.of("type", "pointer", "pattern")));
      case ArgumentDigest.TYPE ->
          ArgumentDigest.read(new Members(json, Set.of("type", "pointer", "digests")));
      default ->
          throw new TalosException(ErrorCode.CAPABILITY_INVALID, "an unknown type of constraint");
    };
  }

  private static JsonObjectBuilder start(String type, ArgumentPointer pointer) {
    return Json.createObjectBuilder().add("type", type).add("pointer", pointer.text());
  }

  private static ArgumentPointer pointer(Members members) {
    return new ArgumentPointer(members.text("pointer", Limits.POINTER_CHARACTERS_MAX));
  }

  private static JsonArrayBuilder array(List<String> texts) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    texts.forEach(array::add);
    return array;
  }

  private static boolean allWithin(List<Scalar> values, Constraint wider) {
    return values.stream().allMatch(v -> wider.admits(v.json()));
  }

  /** The argument is this value. */
  record Exact(ArgumentPointer pointer, Scalar value) implements Constraint {
    static final String TYPE = "exact";

    private static Exact read(Members members) {
      return new Exact(Constraint.pointer(members), new Scalar(members.value("value")));
    }

    @Override
    public boolean admits(JsonValue other) {
      return value.is(other);
    }

    @Override
    public boolean narrows(Constraint wider) {
      return pointer.equals(wider.pointer()) && allWithin(List.of(value), wider);
    }

    @Override
    public JsonObject json() {
      return start(TYPE, pointer).add("value", value.json()).build();
    }
  }

  /** The argument is one of these values. */
  record OneOf(ArgumentPointer pointer, List<Scalar> values) implements Constraint {
    static final String TYPE = "one-of";

    /** There is at least one value. */
    public OneOf {
      Check.that(!values.isEmpty(), "a choice has at least one value");
      Check.atMost(values.size(), Limits.CONSTRAINT_VALUES_MAX, "the number of values");
      values = List.copyOf(values);
    }

    private static OneOf read(Members members) {
      return new OneOf(
          Constraint.pointer(members),
          members.list("values", Limits.CONSTRAINT_VALUES_MAX).stream().map(Scalar::new).toList());
    }

    @Override
    public boolean admits(JsonValue other) {
      return values.stream().anyMatch(v -> v.is(other));
    }

    @Override
    public boolean narrows(Constraint wider) {
      return pointer.equals(wider.pointer()) && allWithin(values, wider);
    }

    @Override
    public JsonObject json() {
      JsonArrayBuilder array = Json.createArrayBuilder();
      values.forEach(v -> array.add(v.json()));
      return start(TYPE, pointer).add("values", array).build();
    }
  }

  /** The argument is a number, not below the least and not above the most; both belong to it. */
  record Range(ArgumentPointer pointer, OptionalLong min, OptionalLong max) implements Constraint {
    static final String TYPE = "range";

    /** At least one bound is set, and the range is not empty. */
    public Range {
      Check.that(min.isPresent() || max.isPresent(), "a range has a bound");
      Check.that(
          min.isEmpty() || max.isEmpty() || min.getAsLong() <= max.getAsLong(),
          "a range is not empty");
    }

    private static Range read(Members members) {
      return new Range(
          Constraint.pointer(members),
          members.optionalInteger("min", -Limits.CALLS_MAX, Limits.CALLS_MAX),
          members.optionalInteger("max", -Limits.CALLS_MAX, Limits.CALLS_MAX));
    }

    @Override
    public boolean admits(JsonValue other) {
      if (!(other instanceof JsonNumber number)) {
        return false;
      }
      BigDecimal value = number.bigDecimalValue();
      return (min.isEmpty() || value.compareTo(BigDecimal.valueOf(min.getAsLong())) >= 0)
          && (max.isEmpty() || value.compareTo(BigDecimal.valueOf(max.getAsLong())) <= 0);
    }

    @Override
    public boolean narrows(Constraint wider) {
      return wider instanceof Range range
          && pointer.equals(range.pointer)
          && (range.min.isEmpty() || (min.isPresent() && min.getAsLong() >= range.min.getAsLong()))
          && (range.max.isEmpty() || (max.isPresent() && max.getAsLong() <= range.max.getAsLong()));
    }

    @Override
    public JsonObject json() {
      JsonObjectBuilder json = start(TYPE, pointer);
      min.ifPresent(m -> json.add("min", m));
      max.ifPresent(m -> json.add("max", m));
      return json.build();
    }
  }

  /**
   * The argument is an absolute plain path at or below the prefix, compared by whole segments. What
   * two tools could understand differently is refused, whatever it would resolve to.
   */
  record PathPrefix(ArgumentPointer pointer, String prefix) implements Constraint {
    static final String TYPE = "path-prefix";

    /** The prefix is such a path itself; {@code /} is the root. */
    public PathPrefix {
      Check.that(PlainPath.isAbsolute(prefix), "a prefix is a plain absolute path");
      Check.atMost(prefix.length(), Limits.CONSTRAINT_CHARACTERS_MAX, "the prefix's length");
    }

    private static PathPrefix read(Members members) {
      return new PathPrefix(
          Constraint.pointer(members), members.text("prefix", Limits.CONSTRAINT_CHARACTERS_MAX));
    }

    @Override
    public boolean admits(JsonValue other) {
      return other instanceof JsonString path
          && PlainPath.isAbsolute(path.getString())
          && PlainPath.lies(path.getString(), prefix);
    }

    @Override
    public boolean narrows(Constraint wider) {
      return pointer.equals(wider.pointer())
          && (wider instanceof PathPrefix path
              ? PlainPath.lies(prefix, path.prefix)
              : wider instanceof Glob glob && glob.pattern.coversAllBelow(prefix));
    }

    @Override
    public JsonObject json() {
      return start(TYPE, pointer).add("prefix", prefix).build();
    }
  }

  /** The argument is a URL that the pattern has. */
  record Url(ArgumentPointer pointer, UrlPattern pattern) implements Constraint {
    static final String TYPE = "url";

    private static Url read(Members members) {
      return new Url(Constraint.pointer(members), UrlPattern.read(members));
    }

    @Override
    public boolean admits(JsonValue other) {
      return other instanceof JsonString url && pattern.matches(url.getString());
    }

    @Override
    public boolean narrows(Constraint wider) {
      return wider instanceof Url url && pointer.equals(url.pointer) && url.pattern.covers(pattern);
    }

    @Override
    public JsonObject json() {
      JsonObjectBuilder json = start(TYPE, pointer);
      pattern.write(json);
      return json.build();
    }
  }

  /** The argument is a text that the pattern matches, segment by segment. */
  record Glob(ArgumentPointer pointer, GlobPattern pattern) implements Constraint {
    static final String TYPE = "glob";

    private static Glob read(Members members) {
      String pattern = members.text("pattern", Limits.GLOB_CHARACTERS_MAX);
      return new Glob(Constraint.pointer(members), new GlobPattern(pattern));
    }

    @Override
    public boolean admits(JsonValue other) {
      return other instanceof JsonString text && pattern.matches(text.getString());
    }

    @Override
    public boolean narrows(Constraint wider) {
      return pointer.equals(wider.pointer())
          && (wider instanceof Glob glob
              ? glob.pattern.covers(pattern)
              : wider instanceof PathPrefix path && pattern.liesBelow(path.prefix));
    }

    @Override
    public JsonObject json() {
      return start(TYPE, pointer).add("pattern", pattern.text()).build();
    }
  }

  /**
   * The SHA-256 of the argument's canonical JSON is one of these. The argument must be an object or
   * array whose numbers all survive as IEEE 754 doubles, because canonical JSON rounds the others
   * and a tool might not.
   */
  record ArgumentDigest(ArgumentPointer pointer, List<Bytes> digests) implements Constraint {
    static final String TYPE = "argument-digest";

    /** There is at least one digest of 32 bytes. */
    public ArgumentDigest {
      Check.that(!digests.isEmpty(), "there is at least one digest");
      Check.atMost(digests.size(), Limits.CONSTRAINT_VALUES_MAX, "the number of digests");
      Check.that(digests.stream().allMatch(d -> d.size() == Sha256.SIZE), "digests are SHA-256");
      digests = List.copyOf(digests);
    }

    private static ArgumentDigest read(Members members) {
      return new ArgumentDigest(
          Constraint.pointer(members),
          members.texts("digests", Limits.CONSTRAINT_VALUES_MAX, 2 * Sha256.SIZE).stream()
              .map(Hex::decode)
              .toList());
    }

    @Override
    public boolean admits(JsonValue other) {
      return other instanceof JsonStructure structure
          && survives(other)
          && digests.contains(Sha256.of(CanonicalJson.encode(structure)));
    }

    private static boolean survives(JsonValue value) {
      if (value instanceof JsonObject object) {
        return object.values().stream().allMatch(ArgumentDigest::survives);
      }
      if (value instanceof List<?> array) {
        return array.stream().allMatch(v -> survives((JsonValue) v));
      }
      return !(value instanceof JsonNumber number) || survives(number.bigDecimalValue());
    }

    private static boolean survives(BigDecimal number) {
      double rounded = number.doubleValue();
      return Double.isFinite(rounded)
          && new BigDecimal(Double.toString(rounded)).compareTo(number) == 0;
    }

    @Override
    public boolean narrows(Constraint wider) {
      return wider instanceof ArgumentDigest digest
          && pointer.equals(digest.pointer)
          && digest.digests.containsAll(digests);
    }

    @Override
    public JsonObject json() {
      return start(TYPE, pointer)
          .add("digests", array(digests.stream().map(Bytes::hex).toList()))
          .build();
    }
  }
}
