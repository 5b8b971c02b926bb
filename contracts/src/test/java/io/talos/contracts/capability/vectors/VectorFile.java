package io.talos.contracts.capability.vectors;

import io.talos.contracts.Bytes;
import io.talos.contracts.capability.Capability;
import io.talos.contracts.capability.vectors.Answers.Answer;
import io.talos.contracts.json.Json;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files in the shape of Project Wycheproof's: groups of numbered tests, flags explained. */
final class VectorFile {
  static final Limits LIMITS = new Limits(16 << 20, 16, 1_000_000);

  private static final Map<String, String> NOTES =
      new TreeMap<>(
          Map.of(
              "Canonical", "there is one text for a capability",
              "Form", "members, their types and bounds, keys and names",
              "Time", "the very instants of start and end",
              "Scope", "what covers what, and what a need asks for",
              "Source", "networks and addresses",
              "IssuerKey", "links that another key than the DID's own signed",
              "Signature", "Ed25519, strictly",
              "Order", "two things are wrong, and the first is the answer",
              "Delegation", "what a link may do to the one before",
              "Constraint", "what arguments a constraint admits"));

  private VectorFile() {}

  static Path folder() {
    return Path.of(System.getProperty("talos.root", ".."), "contracts", "vectors", "capability");
  }

  static JsonObject read(String name) {
    try {
      return StrictJson.parseObject(Bytes.of(Files.readAllBytes(folder().resolve(name))), LIMITS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The group that all cases are asked in. */
  static JsonObject group() {
    return Json.createObjectBuilder()
        .add("type", "CapabilityVerify")
        .add("audience", Forge.AUDIENCE)
        .add("trusted", Json.createArrayBuilder().add(Forge.did(Forge.AUTHORITY)))
        .add(
            "issuerKeys",
            Json.createObjectBuilder()
                .add(
                    Forge.did(Forge.ALICE),
                    Json.createArrayBuilder().add(Forge.multikey(Forge.ALICES_NEXT))))
        .build();
  }

  static List<Case> cases() {
    List<Case> all = new ArrayList<>(TextCases.all());
    all.addAll(FormCases.all());
    all.addAll(RuleCases.all());
    all.addAll(DelegationCases.all());
    return all;
  }

  /** The text of the file: what is asked, and what our rules say about it. */
  static String text(List<Case> cases) {
    Answers answers = Answers.of(group());
    StringBuilder tests = new StringBuilder();
    for (int i = 0; i < cases.size(); i++) {
      tests
          .append(i == 0 ? "\n" : ",\n")
          .append("      ")
          .append(test(i + 1, cases.get(i), answers));
    }
    JsonObjectBuilder flags = Json.createObjectBuilder();
    NOTES.forEach(flags::add);
    flags.add("ConstraintForm", "constraints that cannot be read");
    flags.add("Narrowing", "a constraint and what the next link makes of it");
    return "{\n  \"algorithm\": \"talos.capability/1\",\n  \"numberOfTests\": "
        + cases.size()
        + ",\n  \"notes\": "
        + flags.build()
        + ",\n  \"testGroups\": [\n    "
        + group().toString().replaceFirst("}$", "")
        + ",\"tests\":["
        + tests
        + "\n    ]}\n  ]\n}\n";
  }

  private static JsonObject test(int id, Case asked, Answers answers) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("tcId", id)
            .add("comment", asked.comment())
            .add("flags", Json.createArrayBuilder().add(asked.flag()));
    JsonObject question = asked.json().build();
    question.forEach(json::add);
    json.add("result", asked.code().isEmpty() ? "valid" : "invalid");
    asked.code().ifPresent(code -> json.add("code", code.name()));
    Answer answer = answers.to(question);
    answer.capability().ifPresent(capability -> add(json, capability));
    return json.build();
  }

  private static void add(JsonObjectBuilder json, Capability capability) {
    json.add("hash", capability.hash().hex());
    json.add("links", hexes(capability.linkHashes()));
    json.add("revocationIds", hexes(capability.revocationIds()));
  }

  private static JsonArrayBuilder hexes(List<Bytes> values) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    values.forEach(v -> array.add(v.hex()));
    return array;
  }
}
