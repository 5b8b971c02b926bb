package io.talos.contracts.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.registry.Registries;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The registry of error codes and its Java twin are equal, both ways and member by member. */
class ErrorCodeRegistryTest {
  private static final Set<String> MEMBERS =
      Set.of(
          "code",
          "title",
          "http_status",
          "json_rpc_code",
          "retryable",
          "since",
          "caller",
          "operator",
          "alias_1x");
  private static final Set<Integer> STATUSES =
      Set.of(400, 401, 403, 404, 405, 406, 408, 409, 410, 413, 415, 422, 429, 500, 502, 503, 504);

  private final List<JsonObject> registry =
      Registries.read("error_codes").getJsonArray("codes").getValuesAs(JsonObject.class);

  @Test
  void both_lists_name_the_same_codes_in_the_same_order() {
    assertThat(registry)
        .extracting(code -> code.getString("code"))
        .containsExactlyElementsOf(Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
  }

  @Test
  void every_member_of_every_code_is_equal() {
    for (JsonObject entry : registry) {
      ErrorCode code = ErrorCode.valueOf(entry.getString("code"));
      assertThat(code.title()).as(code + " title").isEqualTo(entry.getString("title"));
      assertThat(code.httpStatus()).as(code + " status").isEqualTo(entry.getInt("http_status"));
      assertThat(code.jsonRpcCode()).as(code + " rpc").isEqualTo(entry.getInt("json_rpc_code"));
      assertThat(code.retryable()).as(code + " retry").isEqualTo(entry.getBoolean("retryable"));
    }
  }

  @Test
  void every_code_says_what_the_caller_and_the_operator_should_do() {
    for (JsonObject entry : registry) {
      String code = entry.getString("code");
      assertThat(MEMBERS).as(code).containsAll(entry.keySet());
      assertThat(STATUSES).as(code).contains(entry.getInt("http_status"));
      assertThat(entry.getString("title")).as(code).isNotBlank().doesNotEndWith(".");
      assertThat(entry.getString("since")).as(code).matches("\\d+\\.\\d+\\.\\d+");
      assertThat(entry.getString("caller")).as(code).isNotBlank().endsWith(".");
      assertThat(entry.getString("operator")).as(code).isNotBlank().endsWith(".");
    }
  }

  @Test
  void no_old_name_means_two_codes_and_none_hides_another_code() {
    List<String> names = new ArrayList<>();

    for (JsonObject entry : registry) {
      String code = entry.getString("code");
      names.add(code);
      // A code may keep its old name, then the alias says nothing new.
      if (!entry.getString("alias_1x", code).equals(code)) {
        names.add(entry.getString("alias_1x"));
      }
    }

    assertThat(names).doesNotHaveDuplicates();
  }

  @Test
  void the_message_of_an_exception_carries_the_code_and_never_stands_in_for_it() {
    TalosException refusal = new TalosException(ErrorCode.DID_INVALID, "for the log");

    assertThat(refusal.code()).isEqualTo(ErrorCode.DID_INVALID);
    assertThat(refusal).hasMessageStartingWith("DID_INVALID").hasMessageContaining("for the log");
    assertThat(refusal.code().title()).doesNotContain("for the log");
  }
}
