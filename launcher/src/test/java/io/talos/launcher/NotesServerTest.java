package io.talos.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.talos.contracts.crypto.Randomness;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The notes server as an MCP client of another maker sees it. */
class NotesServerTest {
  @TempDir Path folder;
  private NotesServer notes;

  @BeforeEach
  void start() {
    notes =
        new NotesServer(
            TestSettings.freePort(),
            folder,
            new Secrets(folder.resolve("secrets"), Randomness.secure()));
    notes.start();
  }

  @AfterEach
  void stop() {
    notes.close();
  }

  @Test
  void a_client_with_the_credential_writes_finds_reads_and_deletes_a_note() {
    try (var client = client(notes.credential())) {
      assertThat(client.listTools().tools())
          .extracting(Tool::name)
          .containsExactlyInAnyOrder(
              "read_note", "list_notes", "search_notes", "write_note", "delete_note");

      assertThat(text(call(client, "write_note", Map.of("id", "plan", "text", "Meet Bob at noon"))))
          .isEqualTo("written: plan");
      assertThat(text(call(client, "search_notes", Map.of("query", "BOB")))).isEqualTo("plan");
      assertThat(text(call(client, "read_note", Map.of("id", "plan"))))
          .isEqualTo("Meet Bob at noon");
      assertThat(text(call(client, "delete_note", Map.of("id", "plan"))))
          .isEqualTo("deleted: plan");
      assertThat(text(call(client, "list_notes", Map.of()))).isEmpty();
    }
    assertThat(notes.calls())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "read_note",
                1L,
                "list_notes",
                1L,
                "search_notes",
                1L,
                "write_note",
                1L,
                "delete_note",
                1L));
  }

  @Test
  void wrong_arguments_are_answered_as_errors_and_change_nothing() {
    try (var client = client(notes.credential())) {
      assertThat(call(client, "read_note", Map.of()).isError()).isTrue();
      assertThat(call(client, "read_note", Map.of("id", 7)).isError()).isTrue();
      assertThat(call(client, "read_note", Map.of("id", "absent")).isError()).isTrue();
      assertThat(call(client, "write_note", Map.of("id", "../x", "text", "y")).isError()).isTrue();
      assertThat(call(client, "write_note", Map.of("id", "x", "text", "y", "more", "z")).isError())
          .isTrue();
      assertThat(
              call(
                      client,
                      "write_note",
                      Map.of("id", "x", "text", "y".repeat(Limits.NOTE_CHARS + 1)))
                  .isError())
          .isTrue();

      assertThat(text(call(client, "list_notes", Map.of()))).isEmpty();
    }
  }

  @Test
  void mallory_without_the_credential_gets_401_and_reaches_no_tool() throws Exception {
    for (var header :
        new String[] {"", "Bearer guessed", notes.credential(), "bearer " + notes.credential()}) {
      var request =
          HttpRequest.newBuilder(notes.uri())
              .header("Content-Type", "application/json")
              .header("Accept", "application/json, text/event-stream")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}"));
      if (!header.isEmpty()) {
        request.header("Authorization", header);
      }

      var answer =
          HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    }
    assertThat(notes.refusedRequests()).isEqualTo(4);
    assertThat(notes.admittedRequests()).isZero();
    assertThatThrownBy(() -> client("guessed")).isInstanceOf(RuntimeException.class);
    assertThat(notes.calls().values()).allMatch(count -> count == 0);
  }

  @Test
  void notes_survive_a_restart() {
    try (var client = client(notes.credential())) {
      call(client, "write_note", Map.of("id", "kept", "text", "still here"));
    }

    stop();
    start();

    try (var client = client(notes.credential())) {
      assertThat(text(call(client, "read_note", Map.of("id", "kept")))).isEqualTo("still here");
    }
  }

  private McpSyncClient client(String credential) {
    var transport =
        HttpClientStreamableHttpTransport.builder(notes.uri().resolve("/").toString())
            .endpoint("/mcp")
            .customizeClient(http -> http.version(HttpClient.Version.HTTP_1_1))
            .addHttpRequestCustomizer(
                (request, method, uri, body, context) ->
                    request.header("Authorization", "Bearer " + credential))
            .build();
    var client = McpClient.sync(transport).build();
    client.initialize();
    return client;
  }

  private static CallToolResult call(
      McpSyncClient client, String tool, Map<String, Object> arguments) {
    return client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
  }

  private static String text(CallToolResult result) {
    assertThat(result.isError()).isFalse();
    return ((TextContent) result.content().get(0)).text();
  }
}
