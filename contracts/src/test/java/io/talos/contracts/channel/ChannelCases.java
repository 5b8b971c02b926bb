package io.talos.contracts.channel;

import io.talos.contracts.error.TalosException;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.stream.JsonGenerator;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The cases of one vector file: their inputs are given, their answers come from the code. */
final class ChannelCases {

  private static final Map<String, String> NOTES = new TreeMap<>();

  static {
    NOTES.put("Padding", "how a plaintext is filled up to its bucket");
    NOTES.put("Aged", "a skipped key that waited too long");
    NOTES.put("Kem", "the post-quantum part of an opening");
    NOTES.put("LastResort", "the KEM prekey that serves again");
    NOTES.put("Signature", "what an agent signs");
    NOTES.put("Negotiation", "which suite two agents use");
    NOTES.put("Genuine", "everything fits");
    NOTES.put("OneTimePrekey", "with and without a one-time prekey, or with one that is gone");
    NOTES.put("WrongIdentity", "a bundle, an opening or a message of somebody else");
    NOTES.put("Tampered", "a part was altered on its way");
    NOTES.put("LowOrder", "a public key that yields an all-zero secret");
    NOTES.put("Expired", "a time that is over, also at its very instant");
    NOTES.put("Downgrade", "somebody wants a weaker suite");
    NOTES.put("Form", "not the one accepted form");
    NOTES.put("Replay", "a message that was read before");
    NOTES.put("OutOfOrder", "messages that overtake each other");
    NOTES.put("Skip", "how many messages may be skipped");
    NOTES.put("Turn", "a side makes its next ratchet key");
  }

  private final String algorithm;
  private final String about;
  private final Map<String, List<JsonObject>> groups = new LinkedHashMap<>();
  private final List<String> flagsUsed = new ArrayList<>();
  private int count;

  ChannelCases(String algorithm, String about) {
    this.algorithm = algorithm;
    this.about = about;
  }

  /** Computes a case and keeps it under its type. */
  void add(String type, String flag, String comment, JsonObjectBuilder input) {
    JsonObject given = input.build();
    JsonObjectBuilder test =
        Json.createObjectBuilder()
            .add("tcId", ++count)
            .add("comment", comment)
            .add("flags", Json.createArrayBuilder().add(flag));
    given.forEach(test::add);
    try {
      ChannelVectors.compute(type, given).forEach(test::add);
      test.add("result", "valid");
    } catch (TalosException e) {
      test.add("result", "invalid").add("error", e.code().name());
    }
    flagsUsed.add(flag);
    groups.computeIfAbsent(type, unused -> new ArrayList<>()).add(test.build());
  }

  /** The whole file. */
  String text() {
    JsonObjectBuilder notes = Json.createObjectBuilder();
    NOTES.forEach(
        (flag, meaning) -> {
          if (flagsUsed.contains(flag)) {
            notes.add(flag, meaning);
          }
        });
    JsonArrayBuilder all = Json.createArrayBuilder();
    int[] id = {0};
    groups.forEach(
        (type, tests) -> {
          JsonArrayBuilder numbered = Json.createArrayBuilder();
          tests.forEach(test -> numbered.add(Json.createObjectBuilder(test).add("tcId", ++id[0])));
          all.add(Json.createObjectBuilder().add("type", type).add("tests", numbered));
        });
    JsonObject file =
        Json.createObjectBuilder()
            .add("algorithm", algorithm)
            .add("about", about)
            .add("numberOfTests", count)
            .add("notes", notes)
            .add("testGroups", all)
            .build();
    StringWriter out = new StringWriter();
    Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
        .createWriter(out)
        .write(file);
    return out + "\n";
  }
}
