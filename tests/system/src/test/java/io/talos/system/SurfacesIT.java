package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.contracts.registry.Surface;
import io.talos.contracts.registry.SurfaceRegistry;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the server says of itself is all of it, and true. */
@OnTheStack
class SurfacesIT {
  private final Stack stack;
  private final Http http;

  SurfacesIT(Stack stack) {
    this.stack = stack;
    this.http = stack.http();
  }

  private static Set<String> registered() {
    return SurfaceRegistry.load().all().stream()
        .map(surface -> surface.method() + " " + surface.path())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void the_list_of_surfaces_is_the_registry() {
    Identity alice = Agents.registered(stack);
    Http.Answer answer =
        http.send(
            http.request("GET", "/policy/surfaces")
                .signed(stack.baseUri(), alice.signing(), Optional.empty()));

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(
            answer.json().getJsonArray("surfaces").stream()
                .map(JsonValue::asJsonObject)
                .map(surface -> surface.getString("method") + " " + surface.getString("path")))
        .containsExactlyInAnyOrderElementsOf(registered());
  }

  private JsonObject openApi() {
    Http.Answer answer =
        http.send(http.request("GET", "/openapi").header("Accept", "application/json"));
    assertThat(answer.status()).isEqualTo(200);
    return answer.json();
  }

  @Test
  void the_openapi_document_has_every_surface() {
    Set<String> described = new TreeSet<>();
    openApi()
        .getJsonObject("paths")
        .forEach(
            (path, item) ->
                item.asJsonObject()
                    .forEach(
                        (method, operation) -> {
                          if (operation instanceof JsonObject o && o.containsKey("operationId")) {
                            described.add(
                                method.toUpperCase(Locale.ROOT) + " " + path.replace("+}", "}"));
                          }
                        }));

    assertThat(described)
        .containsAll(registered().stream().map(route -> route.replace("+}", "}")).toList());
  }

  @Test
  void the_openapi_document_stands_alone() {
    JsonObject document = openApi();

    Set<String> references = new TreeSet<>();
    collect(document, references);

    assertThat(references).isNotEmpty().allMatch(reference -> reference.startsWith("#/"));
    for (String reference : references) {
      assertThat(document.getValue(reference.substring(1))).as(reference).isNotNull();
    }
  }

  private static void collect(JsonValue value, Set<String> references) {
    if (value instanceof JsonObject object) {
      object.forEach(
          (name, member) -> {
            if (name.equals("$ref") && member instanceof JsonString text) {
              references.add(text.getString());
            } else {
              collect(member, references);
            }
          });
    } else if (value instanceof JsonArray array) {
      array.forEach(member -> collect(member, references));
    }
  }

  @Test
  void a_surface_that_is_not_anonymous_answers_nobody_without_a_credential() {
    for (Surface surface : SurfaceRegistry.load().all()) {
      if (surface.anonymous().isPresent()) {
        continue;
      }
      String path = surface.path().replaceAll("\\{[a-z_]+\\+?}", Notes.freshId().text());
      Http.Request request = http.request(surface.method(), path);
      Http.Answer answer = http.send(surface.body().isPresent() ? request.json("{}") : request);

      assertThat(answer.status()).as(surface.id()).isEqualTo(401);
      assertThat(answer.code()).as(surface.id()).isEqualTo("AUTH_MISSING");
    }
  }
}
