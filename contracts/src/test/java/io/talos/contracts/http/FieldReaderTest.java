package io.talos.contracts.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mallory writes structured fields that another reader would understand differently. */
class FieldReaderTest {
  @Test
  void every_kind_of_value_is_read() {
    Map<String, FieldValue> members =
        FieldReader.dictionary(
            " a=1, b=-15;x;y=?0 ,\tc=\"q\\\"\", d=tok/en, e=:aGk=:, f, *g=(1 2)");

    assertThat(members.keySet()).containsExactly("a", "b", "c", "d", "e", "f", "*g");
    assertThat(members)
        .containsEntry("a", item(new FieldValue.Whole(1)))
        .containsEntry("c", item(new FieldValue.Text("q\"")))
        .containsEntry("d", item(new FieldValue.Token("tok/en")))
        .containsEntry("e", item(new FieldValue.Binary(Bytes.utf8("hi"))))
        .containsEntry("f", item(new FieldValue.Flag(true)));
    assertThat(members.get("b"))
        .isEqualTo(
            new FieldValue.Item(
                new FieldValue.Whole(-15),
                Map.of("x", new FieldValue.Flag(true), "y", new FieldValue.Flag(false))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=1, a=2",
        "a=();x=1;x=2",
        "a=1,",
        "a=1, ",
        "a=1 b=2",
        "a=1;",
        "A=1",
        "1=1",
        "=1",
        "a=",
        "a= 1",
        "a=1.5",
        "a=-",
        "a=1234567890123456",
        "a=@1618884473",
        "a=%\"x\"",
        "a=\"x",
        "a=\"x\\n\"",
        "a=\"\u00e9\"",
        "a=:aGk:",
        "a=:aGl=:",
        "a=:aG k=:",
        "a=:aGk=",
        "a=:a_-=:",
        "a=?2",
        "a=?",
        "a=(",
        "a=(\"x\"\"y\")",
        "a=(\"x\",\"y\")",
        "a=((1))",
        "a=1\n",
        "\ta=1",
      })
  void a_field_with_more_than_one_reading_is_refused(String field) {
    refused(field);
  }

  @Test
  void a_field_beyond_the_bounds_is_refused() {
    refused("a=\"" + "x".repeat(Limits.FIELD_CHARACTERS_MAX) + "\"");
    refused("a=\"" + "x".repeat(Limits.TEXT_CHARACTERS_MAX + 1) + "\"");
    refused("a=" + "x".repeat(Limits.TEXT_CHARACTERS_MAX + 1));
    refused("x".repeat(Limits.TEXT_CHARACTERS_MAX + 1) + "=1");
    refused(names("m", ", ", Limits.MEMBERS_MAX + 1));
    refused("a=1;" + names("p", ";", Limits.PARAMETERS_MAX + 1));
    refused("a=(" + "1 ".repeat(Limits.MEMBERS_MAX + 1) + ")");
  }

  @Test
  void whatever_mallory_sends_is_read_or_refused_and_never_breaks_anything() {
    Random random = new Random(9421);
    String alphabet = "ab=1\",;:() ?\\t@*.-AG=\t\u00e9";

    for (int i = 0; i < 20_000; i++) {
      String field =
          random
              .ints(random.nextInt(24), 0, alphabet.length())
              .mapToObj(c -> String.valueOf(alphabet.charAt(c)))
              .collect(Collectors.joining());
      try {
        FieldReader.dictionary(field);
      } catch (TalosException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.AUTH_INVALID);
      }
    }
  }

  private static String names(String prefix, String separator, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> prefix + i)
        .collect(Collectors.joining(separator));
  }

  private static FieldValue.Item item(FieldValue.Bare bare) {
    return new FieldValue.Item(bare, Map.of());
  }

  private static void refused(String field) {
    assertThatThrownBy(() -> FieldReader.dictionary(field))
        .as(field.substring(0, Math.min(40, field.length())))
        .isInstanceOfSatisfying(
            TalosException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AUTH_INVALID));
  }
}
