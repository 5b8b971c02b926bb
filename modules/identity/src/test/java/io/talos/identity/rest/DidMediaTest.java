package io.talos.identity.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The caller's Accept header decides which form of a resolved DID it gets. */
class DidMediaTest {
  private static final MediaType RESULT =
      new MediaType("application", "ld+json", Map.of("profile", "https://w3id.org/did-resolution"));

  @Test
  void the_profile_asks_for_the_whole_result() {
    assertThat(DidMedia.best(List.of(RESULT))).contains(DidMedia.RESULT);
    assertThat(DidMedia.best(List.of(new MediaType("application", "did-resolution"))))
        .contains(DidMedia.RESOLUTION);
  }

  @Test
  void json_of_any_name_and_no_preference_ask_for_the_document() {
    for (String subtype : List.of("did+json", "json", "*")) {
      assertThat(DidMedia.best(List.of(new MediaType("application", subtype))))
          .contains(DidMedia.DOCUMENT);
    }
    assertThat(DidMedia.best(List.of(MediaType.WILDCARD_TYPE))).contains(DidMedia.DOCUMENT);
  }

  @Test
  void the_answer_bears_the_name_that_was_asked_for() {
    for (String subtype : List.of("did+json", "did+ld+json", "did", "did-resolution")) {
      assertThat(DidMedia.best(List.of(new MediaType("application", subtype))))
          .map(DidMedia::contentType)
          .contains("application/" + subtype);
    }
  }

  @Test
  void the_first_form_that_can_be_given_wins() {
    MediaType html = MediaType.TEXT_HTML_TYPE;

    assertThat(DidMedia.best(List.of(html, RESULT, MediaType.WILDCARD_TYPE)))
        .contains(DidMedia.RESULT);
    assertThat(DidMedia.best(List.of(html, MediaType.WILDCARD_TYPE))).contains(DidMedia.DOCUMENT);
  }

  @Test
  void what_cannot_be_given_is_not_replaced_by_something_else() {
    MediaType otherProfile =
        new MediaType("application", "ld+json", Map.of("profile", "https://example.com/"));

    assertThat(DidMedia.best(List.of(MediaType.TEXT_HTML_TYPE))).isEmpty();
    assertThat(DidMedia.best(List.of(otherProfile, new MediaType("application", "ld+json"))))
        .isEmpty();
    assertThat(DidMedia.best(List.of())).isEmpty();
  }
}
