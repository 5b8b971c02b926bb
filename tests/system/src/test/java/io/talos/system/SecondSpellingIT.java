package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.client.RevocationReason;
import io.talos.client.http.PreparedRequest;
import io.talos.contracts.Bytes;
import io.talos.contracts.capability.ArgumentPointer;
import io.talos.contracts.capability.Attenuation;
import io.talos.contracts.capability.Constraint;
import io.talos.contracts.capability.Scalar;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.did.Did;
import io.talos.contracts.registry.Threat;
import jakarta.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mallory writes the same thing in another way, in the hope that two readers differ about it. */
@OnTheStack
@Threat("T-CAPABILITYABUSE-01")
class SecondSpellingIT {
  private final Stack stack;
  private final Notes notes;
  private final Identity bob;

  SecondSpellingIT(Stack stack) {
    this.stack = stack;
    this.notes = stack.notes();
    this.bob = Agents.registered(stack);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/identity//whoami",
        "//identity/whoami",
        "/identity/./whoami",
        "/identity/x/../whoami",
        "/identity/%77hoami",
        "/identity/whoami/",
        "/identity/whoami;x=1",
        "/identity;x=1/whoami",
        "/identity/whoami;jsessionid=1",
        "/Identity/whoami",
        "/identity/whoami%20",
        "/identity/whoami%00",
        "/identity%2Fwhoami",
        "/identity%2fwhoami",
        "/identity%5Cwhoami",
        "/identity/%2e/whoami",
        "/identity/x/%2e%2e/whoami",
        "/identity/x/..%2fwhoami",
        "/identity/%2577hoami",
        "/identity/whoam%C4%B1",
        "/identity/%EF%BD%97hoami",
        "/identity/whoami%3Bx",
        "/identity/whoami%23x",
      })
  void a_second_spelling_of_a_path_is_no_route_however_it_is_signed(String path) {
    Http.Answer asSent = Forge.of(stack, "GET", path, bob).send();

    assertThat(asSent.status()).as(asSent.text()).isBetween(400, 499);
    assertThat(asSent.text()).doesNotContain(bob.did());
  }

  @ParameterizedTest
  @CsvSource({
    "/identity/whoami?a=1&b=2, /identity/whoami?b=2&a=1",
    "/identity/whoami?a=1, /identity/whoami?a=%31",
    "/identity/whoami?a=1, /identity/whoami?a=1&",
    "/identity/whoami?a=1, /identity/whoami?A=1",
    "/identity/whoami?a=+, /identity/whoami?a=%20",
    "/identity/whoami?, /identity/whoami",
  })
  void a_query_counts_as_it_was_signed_and_in_no_other_spelling(String signed, String sent) {
    PreparedRequest request =
        stack.client().agent(bob).prepare("GET", signed, Optional.empty(), Bytes.empty());
    Http.Request altered = stack.http().request("GET", sent);
    request.headers().forEach(altered::header);

    assertThat(stack.http().send(altered).code()).isEqualTo("AUTH_INVALID_SIGNATURE");
  }

  @Test
  void a_question_mark_with_nothing_behind_it_is_no_query() {
    Http.Request altered = stack.http().request("GET", "/identity/whoami?");
    stack
        .client()
        .agent(bob)
        .prepare("GET", "/identity/whoami", Optional.empty(), Bytes.empty())
        .headers()
        .forEach(altered::header);

    assertThat(stack.http().send(altered).status()).isEqualTo(200);
  }

  @Test
  void headers_that_proxies_and_frameworks_believe_change_nothing() {
    for (String header :
        List.of(
            "X-HTTP-Method-Override: DELETE",
            "X-HTTP-Method: DELETE",
            "X-Original-URL: /policy/surfaces",
            "X-Rewrite-URL: /policy/surfaces",
            "X-Forwarded-Host: mallory.example",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Prefix: /admin",
            "Forwarded: for=127.0.0.1;host=mallory.example;proto=https")) {
      String[] parts = header.split(": ", 2);
      Http.Answer answer =
          stack.http().send(Forge.whoami(stack, bob).request().header(parts[0], parts[1]));
      assertThat(answer.status()).as(header).isEqualTo(200);
      assertThat(answer.json().getString("id")).isEqualTo(bob.did());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s, %s",
        "%s, sha-512=:AAAA:",
        "SHA-256=:AAAA:",
        "sha-512=:AAAA:",
        "sha-256=AAAA",
        "sha-256=:AAAA:",
        "sha-256=:%%%%:",
        "id-sha-256=:AAAA:",
      })
  void a_digest_in_another_form_is_refused(String form) {
    Forge forge =
        Forge.of(stack, "POST", "/policy/revocations", bob)
            .body("{\"link\":\"" + "0".repeat(64) + "\",\"reason\":\"other\"}");
    String good =
        "sha-256=:"
            + java.util.Base64.getEncoder().encodeToString(new byte[32])
            + ":"; // well-formed, of another body

    Http.Answer answer =
        forge.header("content-digest", form.replace("%s", good).replace("%%", "%")).send();

    assertThat(answer.status()).as(answer.text()).isEqualTo(401);
    assertThat(answer.code()).isIn("AUTH_INVALID", "AUTH_INVALID_SIGNATURE");
  }

  /** The text of a capability, written otherwise. */
  record Spelling(String what, UnaryOperator<String> header) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static Spelling json(String what, UnaryOperator<String> change) {
    return new Spelling(
        what,
        header -> Base64Url.encode(Bytes.utf8(change.apply(Base64Url.decode(header).utf8()))));
  }

  static Stream<Spelling> spellings() {
    return Stream.of(
        new Spelling("padding", header -> header + "=".repeat((4 - header.length() % 4) % 4 + 4)),
        new Spelling("a character that ends no byte", header -> header + "A"),
        new Spelling("a comma", header -> header + "," + header),
        new Spelling("quotes", header -> "\"" + header + "\""),
        json("white space", text -> text.replace("{", "{ ").replace(",", " ,")),
        json("a line feed in front", text -> "\n" + text),
        json("an escaped letter of a name", text -> text.replace("\"issuer\"", "\"i\\u0073suer\"")),
        json("an escaped letter of a value", text -> text.replace("did:key", "did\\u003akey")),
        json("an escaped slash", text -> text.replace("/", "\\/")),
        json("a byte order mark", text -> "\ufeff" + text),
        json("a member twice", text -> text.replaceFirst("\\{", "{\"subject\":\"x\",")),
        json("a member more", text -> text.replaceFirst("\\{", "{\"admin\":true,")),
        json("a member of null", text -> text.replaceFirst("\\{", "{\"not_before\":null,")),
        json("a depth with a fraction", text -> depth(text, ".0")),
        json("a depth with an exponent", text -> depth(text, "e0")),
        json("an object around it", text -> "{\"links\":" + text + "}"),
        json("an array around it", text -> "[" + text + "]"),
        json("the chain twice", text -> text + text));
  }

  private static String depth(String text, String suffix) {
    return text.replaceFirst("(\"delegation_depth\":[0-9]+)", "$1" + suffix);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("spellings")
  void no_spelling_of_a_revoked_capability_is_good_again(Spelling spelling) {
    UnverifiedCapability bobs = notes.grant(bob, 0);
    Replies.granted(stack.operator().revoke(bobs.root().hash(), RevocationReason.COMPROMISED));

    Http.Answer answer =
        Forge.of(stack, "POST", notes.path(), bob)
            .body(Notes.rpc("ping", jakarta.json.JsonObject.EMPTY_JSON_OBJECT).toString())
            .capability(spelling.header().apply(bobs.header()))
            .send();

    assertThat(answer.headers()).doesNotContainKey("talos-admission");
    assertThat(answer.code())
        .isIn("CAPABILITY_INVALID", "CAPABILITY_REVOKED", "CAPABILITY_SIGNATURE_INVALID");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "READ_NOTE",
        "Read_note",
        "read_note ",
        " read_note",
        "read_note\\u0000",
        "read_note/../write_note",
        "\\uff52ead_note",
        "re\\u0430d_note",
        "read\\u200b_note",
        "read_note\\u0301",
        "read_note*",
        "*",
        "read%5Fnote",
        "",
      })
  void a_tool_that_only_looks_like_the_granted_one_is_another(String escaped) {
    UnverifiedCapability reading = notes.passedOn(notes.grant(bob, 1), bob, bob, Notes.READ);
    Notes.Reached before = notes.reached();
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
            + escaped
            + "\",\"arguments\":{\"id\":\"x\"}}}";

    String code = codeOf(reading, body);

    assertThat(code).isIn("CAPABILITY_SCOPE_MISMATCH", "MCP_PROTOCOL");
    assertThat(notes.reached()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"mine \"}",
        "{\"id\":\"Mine\"}",
        "{\"id\":\"\\uff4dine\"}",
        "{\"id\":[\"mine\"]}",
        "{\"id\":{\"id\":\"mine\"}}",
        "{\"id\":null}",
        "{\"ID\":\"mine\"}",
        "{\"id \":\"mine\"}",
        "{}",
        "[\"mine\"]",
        "{\"id\":\"theirs\",\"id\":\"mine\"}",
        "{\"id\":\"mine\",\"i\\u0064\":\"theirs\"}",
      })
  void an_argument_in_another_spelling_does_not_meet_the_constraint(String arguments) {
    UnverifiedCapability onlyMine =
        Attenuation.of(notes.grant(bob, 1), Did.parse(bob.did()))
            .withConstraint(
                new Constraint.OneOf(
                    new ArgumentPointer("/id"), List.of(new Scalar(Json.createValue("mine")))))
            .signedBy(bob.signing(), Notes.freshId(), Notes.now());
    Notes.Reached before = notes.reached();

    String code = codeOf(onlyMine, call(arguments));

    assertThat(code)
        .isIn(Set.of("CAPABILITY_CONSTRAINT_VIOLATED", "DUPLICATE_MEMBER", "MCP_PROTOCOL"));
    assertThat(notes.reached()).isEqualTo(before);
    assertThat(codeOf(onlyMine, call("{\"id\":\"mine\"}"))).isNotEqualTo(code);
  }

  private static String call(String arguments) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"read_note\",\"arguments\":"
        + arguments
        + "}}";
  }

  private String codeOf(UnverifiedCapability capability, String body) {
    Http.Answer answer =
        Forge.of(stack, "POST", notes.path(), bob)
            .body(body)
            .capability(capability.header())
            .header("accept", "application/json, text/event-stream")
            .send();
    return answer.code();
  }
}
