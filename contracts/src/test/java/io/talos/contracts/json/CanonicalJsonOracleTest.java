package io.talos.contracts.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;

/** Random trees: the canonical text is one, stays one, and is the one a plain oracle writes. */
class CanonicalJsonOracleTest {
  private static final JsonProvider JSON = JsonProvider.provider();
  private static final long SEED = 8785;
  private static final int TREES = 3_000;

  private final Random random = new Random(SEED);

  @Test
  void the_canonical_text_is_what_the_oracle_writes() {
    for (int i = 0; i < TREES; i++) {
      JsonValue tree = tree(4);

      assertThat(CanonicalJson.encode(tree).utf8()).isEqualTo(oracle(tree));
    }
  }

  @Test
  void the_canonical_text_is_what_the_library_of_the_rfcs_author_writes() throws IOException {
    for (int i = 0; i < TREES; i++) {
      JsonArray tree = JSON.createArrayBuilder().add(tree(4)).add(anyDouble()).build();

      assertThat(CanonicalJson.encode(tree).utf8())
          .isEqualTo(new JsonCanonicalizer(tree.toString()).getEncodedString());
    }
  }

  /** Doubles of every size, and integers around the last one that a double holds exactly. */
  private JsonNumber anyDouble() {
    double any = Double.longBitsToDouble(random.nextLong());
    return switch (random.nextInt(3)) {
      case 0 ->
          JSON.createValue(Double.isFinite(any) && Math.abs(any) >= Double.MIN_NORMAL ? any : 0.5);
      case 1 -> JSON.createValue((1L << 53) + random.nextInt(9) - 4);
      default -> JSON.createValue(BigInteger.valueOf(random.nextLong()).pow(1 + random.nextInt(5)));
    };
  }

  @Test
  void the_smallest_numbers_have_the_fewest_digits_that_give_them_back() {
    // The first is RFC 8785 appendix B's; the library of its author writes the others wrongly.
    assertThat(EcmaNumber.text(Double.MIN_VALUE)).isEqualTo("5e-324");
    assertThat(EcmaNumber.text(1e-320)).isEqualTo("1e-320");
    assertThat(EcmaNumber.text(-1.5e-320)).isEqualTo("-1.5e-320");
    assertThat(EcmaNumber.text(2.225073858507201e-308)).isEqualTo("2.225073858507201e-308");
    for (int i = 0; i < TREES; i++) {
      double small = Double.longBitsToDouble(random.nextLong() & ((1L << 52) - 1));

      String text = EcmaNumber.text(small);

      assertThat(Double.parseDouble(text)).isEqualTo(small);
      assertThat(text.length()).isLessThanOrEqualTo("1.2345678901234567e-308".length());
    }
  }

  @Test
  void every_size_of_the_smallest_numbers_is_written_as_the_exact_arithmetic_says() {
    for (int i = 0; i < TREES; i++) {
      double size = Double.longBitsToDouble(random.nextLong() >>> (12 + random.nextInt(52)));
      if (size > 0 && size < Double.MIN_NORMAL) {
        assertThat(new BigDecimal(EcmaNumber.text(size))).isEqualByComparingTo(fewestDigits(size));
      }
    }
    double last = Math.nextDown(Double.MIN_NORMAL);
    assertThat(EcmaNumber.text(last)).isEqualTo("2.225073858507201e-308");
  }

  /** With all 751 digits of the exact value, one digit more at a time. */
  private static BigDecimal fewestDigits(double size) {
    BigDecimal exact = new BigDecimal(size);
    for (int digits = 1; ; digits++) {
      BigDecimal near = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (near.doubleValue() == size) {
        return near;
      }
    }
  }

  @Test
  void a_number_that_no_double_can_hold_is_never_signed_as_another() {
    JsonArray huge = JSON.createArrayBuilder().add(BigInteger.TEN.pow(309)).build();

    assertThatThrownBy(() -> CanonicalJson.encode(huge))
        .isInstanceOfSatisfying(
            TalosException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_JSON));
  }

  @Test
  void reading_and_writing_again_changes_nothing() {
    for (int i = 0; i < TREES; i++) {
      Bytes once = CanonicalJson.encode(tree(4));

      assertThat(CanonicalJson.encode(StrictJson.parse(once, Limits.REQUEST))).isEqualTo(once);
    }
  }

  @Test
  void the_order_in_which_members_were_added_does_not_matter() {
    for (int i = 0; i < TREES; i++) {
      JsonObject tree = object(3);
      List<String> names = new ArrayList<>(tree.keySet());
      Collections.shuffle(names, random);
      JsonObjectBuilder shuffled = JSON.createObjectBuilder();
      names.forEach(name -> shuffled.add(name, tree.getValue("/" + escaped(name))));

      assertThat(CanonicalJson.encode(shuffled.build())).isEqualTo(CanonicalJson.encode(tree));
    }
  }

  @Test
  void the_member_that_is_left_out_is_left_out_at_the_top_only() {
    JsonObject signed =
        JSON.createObjectBuilder()
            .add("sig", "x")
            .add("inner", JSON.createObjectBuilder().add("sig", "y"))
            .build();

    assertThat(CanonicalJson.encodeWithout(signed, "sig").utf8())
        .isEqualTo("{\"inner\":{\"sig\":\"y\"}}");
    assertThat(CanonicalJson.encodeWithout(signed, "absent"))
        .isEqualTo(CanonicalJson.encode(signed));
  }

  @Test
  void a_text_that_utf8_cannot_carry_is_never_signed_as_something_else() {
    JsonArray lone = JSON.createArrayBuilder().add("a\ud800").build();

    assertThatThrownBy(() -> CanonicalJson.encode(lone))
        .isInstanceOfSatisfying(
            TalosException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_JSON));
  }

  /** Written from RFC 8785 §3.2 alone, slow and plain; integers and simple fractions only. */
  private static String oracle(JsonValue value) {
    return switch (value.getValueType()) {
      case OBJECT ->
          new TreeMap<>(value.asJsonObject())
              .entrySet().stream()
                  .map(e -> quoted(e.getKey()) + ":" + oracle(e.getValue()))
                  .collect(Collectors.joining(",", "{", "}"));
      case ARRAY ->
          value.asJsonArray().stream()
              .map(CanonicalJsonOracleTest::oracle)
              .collect(Collectors.joining(",", "[", "]"));
      case STRING -> quoted(((JsonString) value).getString());
      case NUMBER -> plain((JsonNumber) value);
      default -> value.toString();
    };
  }

  private static String plain(JsonNumber number) {
    return number.bigDecimalValue().signum() == 0
        ? "0"
        : number.bigDecimalValue().stripTrailingZeros().toPlainString();
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default ->
            out.append(
                c < 0x20 ? String.format(Locale.ROOT, "\\u%04x", (int) c) : String.valueOf(c));
      }
    }
    return out.append('"').toString();
  }

  private JsonValue tree(int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0 -> JSON.createValue(text());
      case 1 -> JSON.createValue(random.nextInt());
      case 2 -> JSON.createValue(BigDecimal.valueOf(random.nextInt(2_000_000), 3));
      case 3 -> random.nextBoolean() ? JsonValue.TRUE : JsonValue.FALSE;
      case 4 -> JsonValue.NULL;
      case 5 -> object(depth);
      default -> array(depth);
    };
  }

  private JsonObject object(int depth) {
    JsonObjectBuilder object = JSON.createObjectBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      object.add(text(), tree(depth - 1));
    }
    return object.build();
  }

  private JsonArray array(int depth) {
    JsonArrayBuilder array = JSON.createArrayBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      array.add(tree(depth - 1));
    }
    return array.build();
  }

  /** Texts that mix ASCII, controls, the top of the BMP and supplementary characters. */
  private String text() {
    int[][] ranges = {{0x00, 0x80}, {0x80, 0x800}, {0xE000, 0x10000}, {0x10000, 0x110000}};
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      int[] range = ranges[random.nextInt(ranges.length)];
      text.appendCodePoint(range[0] + random.nextInt(range[1] - range[0]));
    }
    return text.toString();
  }

  private static String escaped(String name) {
    return Json.encodePointer(name);
  }
}
