package io.talos.contracts.capability.vectors;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;

/**
 * One question to a verifier and its answer.
 *
 * @param comment what is tried
 * @param flag which rule it is about
 * @param capability the header text
 * @param presenter who shows it
 * @param now when, as wire time
 * @param need {@code call}, {@code whole}, {@code any} or {@code inspection}, then tool and method
 * @param source the caller's address
 * @param arguments JSON text of the call's arguments
 * @param code why it is refused; empty when it is good
 */
record Case(
    String comment,
    String flag,
    String capability,
    String presenter,
    String now,
    String need,
    Optional<String> source,
    Optional<String> arguments,
    Optional<ErrorCode> code) {

  static Case good(String flag, String comment, String text, String presenter) {
    return new Case(
        comment,
        flag,
        Forge.header(text),
        presenter,
        Forge.NOW,
        "call notes read",
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static Case bad(String flag, String comment, String text, String presenter, ErrorCode code) {
    return good(flag, comment, text, presenter).refused(code);
  }

  Case refused(ErrorCode reason) {
    return new Case(
        comment, flag, capability, presenter, now, need, source, arguments, Optional.of(reason));
  }

  Case shownAs(String header) {
    return new Case(comment, flag, header, presenter, now, need, source, arguments, code);
  }

  Case at(String instant) {
    return new Case(comment, flag, capability, presenter, instant, need, source, arguments, code);
  }

  Case needing(String other) {
    return new Case(comment, flag, capability, presenter, now, other, source, arguments, code);
  }

  Case from(String address) {
    return new Case(
        comment, flag, capability, presenter, now, need, Optional.of(address), arguments, code);
  }

  Case calling(String json) {
    return new Case(
        comment, flag, capability, presenter, now, need, source, Optional.of(json), code);
  }

  /** The question as JSON, without its answer. */
  JsonObjectBuilder json() {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("capability", capability)
            .add("presenter", presenter)
            .add("now", now)
            .add("need", needJson());
    source.ifPresent(s -> json.add("source", s));
    arguments.ifPresent(a -> json.add("arguments", a));
    return json;
  }

  private JsonObject needJson() {
    String[] words = need.split(" ", -1);
    JsonObjectBuilder json = Json.createObjectBuilder().add("kind", words[0]);
    if (words.length > 1) {
      json.add("tool", words[1]);
    }
    if (words.length > 2) {
      json.add("method", words[2]);
    }
    return json.build();
  }
}
