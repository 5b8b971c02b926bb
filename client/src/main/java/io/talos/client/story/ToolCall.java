package io.talos.client.story;

import io.talos.client.McpSession;
import io.talos.client.McpSession.ToolResult;
import io.talos.client.Reply;
import io.talos.client.http.Answer;
import io.talos.client.http.PreparedRequest;
import io.talos.client.http.Transport;
import io.talos.client.story.Delegation.Rights;
import io.talos.contracts.Bytes;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;

/** Step 4: Bob calls a real tool; the gateway holds the credential, Bob does not. */
final class ToolCall {
  static final String TITLE = "A tool behind the gateway";
  private static final int UNAUTHORIZED = 401;

  private final StorySettings settings;
  private final Cast cast;
  private final Rights rights;

  ToolCall(StorySettings settings, Cast cast, Rights rights) {
    this.settings = settings;
    this.cast = cast;
    this.rights = rights;
  }

  /**
   * What Bob did.
   *
   * @param session his session with the notes server, still open
   * @param request his call, exactly as it was sent
   * @param note the note that he wrote
   * @param admission the event that recorded his call before it was carried out
   */
  record Called(McpSession session, PreparedRequest request, String note, UuidV7 admission) {}

  Called play() {
    requireCredentialNeeded();
    McpSession session =
        Claim.granted(
                "opening Bob's MCP session",
                cast.bob().client().mcp(rights.server(), rights.bobs()))
            .value();
    List<String> tools = Claim.granted("listing tools", session.listTools()).value();
    Claim.that(tools.contains(Delegation.TOOL), "the notes server has no " + Delegation.TOOL);
    String note = "story-" + cast.play();
    PreparedRequest request = session.prepareCall(Delegation.TOOL, note(note, text()));
    Reply.Granted<Answer> answer = Claim.granted("Bob's call", cast.talos().send(request));
    ToolResult result =
        Claim.granted("Bob's call", McpSession.read(request, answer.value())).value();
    Claim.that(!result.failed(), "the tool failed: " + result.text());
    Claim.refused(
        "Bob calling another tool",
        ErrorCode.CAPABILITY_SCOPE_MISMATCH,
        session.callTool("read_note", id(note)));
    Claim.that(
        read(note, rights.alices()).equals(text()), "the notes server does not hold Bob's note");
    return new Called(
        session,
        request,
        note,
        answer
            .receipt()
            .admissionId()
            .orElseThrow(() -> new IllegalStateException("the server named no admission event")));
  }

  String proved(Called called) {
    return "Bob wrote note "
        + called.note()
        + " on a real MCP server that answers nobody without the credential which only the"
        + " gateway has; Alice read it there; another tool was refused to Bob";
  }

  /** What Bob's note says. */
  String text() {
    return "Bob was here, play " + cast.play();
  }

  /** The text of a note, as Alice reads it with {@code capability}. */
  String read(String note, UnverifiedCapability capability) {
    try (McpSession session = alices(capability)) {
      ToolResult result =
          Claim.granted("Alice reading a note", session.callTool("read_note", id(note))).value();
      Claim.that(!result.failed(), "the note cannot be read: " + result.text());
      return result.text();
    }
  }

  /** Whether the notes server holds {@code note}. */
  boolean exists(String note, UnverifiedCapability capability) {
    try (McpSession session = alices(capability)) {
      return !Claim.granted("Alice looking for a note", session.callTool("read_note", id(note)))
          .value()
          .failed();
    }
  }

  private McpSession alices(UnverifiedCapability capability) {
    return Claim.granted(
            "opening Alice's MCP session", cast.alice().client().mcp(rights.server(), capability))
        .value();
  }

  static JsonObject id(String note) {
    return Json.createObjectBuilder().add("id", note).build();
  }

  static JsonObject note(String note, String text) {
    return Json.createObjectBuilder().add("id", note).add("text", text).build();
  }

  private void requireCredentialNeeded() {
    PreparedRequest bare =
        new PreparedRequest(
            "POST",
            settings.notesUri(),
            Map.of(
                "content-type",
                "application/json",
                "accept",
                "application/json, text/event-stream"),
            Bytes.utf8("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"));
    int status = new Transport().send(bare).status();
    Claim.that(
        status == UNAUTHORIZED,
        "without its credential the notes server answers " + status + " instead of 401");
  }
}
