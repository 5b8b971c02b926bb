package io.talos.client.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.talos.contracts.Bytes;
import io.talos.contracts.did.Did;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A member that runs ts-mls in a process of its own (tests/interop/mls-js). */
final class ForeignMember implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final Writer questions;
  private final Did did;
  private final Bytes keyPackage;

  ForeignMember() throws IOException {
    Path folder = Path.of(System.getProperty("talos.root", "."), "tests", "interop", "mls-js");
    requirePeer(folder);
    process =
        new ProcessBuilder("node", "peer.mjs")
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    answers = process.inputReader(StandardCharsets.UTF_8);
    questions = process.outputWriter(StandardCharsets.UTF_8);
    did = Did.ofKey(hex(ask("key").getString("key")));
    keyPackage = hex(ask(asked("be").add("did", did.text())).getString("keyPackage"));
  }

  private static void requirePeer(Path folder) {
    if (Files.isDirectory(folder.resolve("node_modules"))) {
      return;
    }
    String message = "FOREIGN STACK SKIPPED: no npm install was run in tests/interop/mls-js";
    System.out.println(message);
    if ("true".equalsIgnoreCase(System.getenv("CI")) && hasNode()) {
      fail(message + ", and CI=true demands it where node is present");
    }
    abort(message);
  }

  private static boolean hasNode() {
    try {
      return new ProcessBuilder("node", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static JsonObjectBuilder asked(String command) {
    return Json.createObjectBuilder().add("do", command);
  }

  private JsonObject ask(String command) {
    return ask(asked(command));
  }

  private JsonObject ask(JsonObjectBuilder asked) {
    try {
      questions.write(asked.build() + "\n");
      questions.flush();
      String line = answers.readLine();
      assertThat(line).as("an answer of the foreign member").isNotNull();
      JsonObject answer = Json.createReader(new StringReader(line)).readObject();
      assertThat(answer.getBoolean("ok")).as(answer.toString()).isTrue();
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Bytes hex(String text) {
    return Bytes.of(HexFormat.of().parseHex(text));
  }

  Did did() {
    return did;
  }

  Bytes keyPackage() {
    return keyPackage;
  }

  void create(Bytes groupId) {
    ask(asked("create").add("groupId", groupId.hex()));
  }

  void join(Bytes welcome) {
    ask(asked("join").add("welcome", welcome.hex()));
  }

  PreparedCommit comeIn(Bytes groupInfo, boolean again, long epoch) {
    JsonObject made = ask(asked("comeIn").add("groupInfo", groupInfo.hex()).add("again", again));
    return new PreparedCommit(
        epoch,
        hex(made.getString("commit")),
        Optional.empty(),
        hex(made.getString("groupInfo")),
        List.of(did),
        again ? List.of(did) : List.of(),
        true);
  }

  PreparedCommit commit(List<Bytes> add, List<Did> added, List<Did> remove) {
    JsonArrayBuilder adding = Json.createArrayBuilder();
    add.forEach(each -> adding.add(each.hex()));
    JsonArrayBuilder removing = Json.createArrayBuilder();
    remove.forEach(gone -> removing.add(gone.text()));
    JsonObject made = ask(asked("commit").add("add", adding).add("remove", removing));
    return new PreparedCommit(
        epoch(),
        hex(made.getString("commit")),
        Optional.of(made.getString("welcome")).filter(w -> !w.isEmpty()).map(ForeignMember::hex),
        hex(made.getString("groupInfo")),
        added,
        remove,
        false);
  }

  void taken() {
    ask("taken");
  }

  Bytes leave() {
    return hex(ask("leave").getString("proposal"));
  }

  void follow(Bytes message) {
    ask(asked("follow").add("message", message.hex()));
  }

  Bytes send(String text) {
    return hex(ask(asked("send").add("text", text)).getString("message"));
  }

  String read(Bytes message) {
    return ask(asked("read").add("message", message.hex())).getString("text");
  }

  long epoch() {
    return ask("look").getJsonNumber("epoch").longValue();
  }

  Bytes epochAuthenticator() {
    return hex(ask("look").getString("authenticator"));
  }

  List<Did> members() {
    return ask("look").getJsonArray("members").getValuesAs(JsonString.class).stream()
        .map(member -> Did.parse(member.getString()))
        .sorted()
        .toList();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
