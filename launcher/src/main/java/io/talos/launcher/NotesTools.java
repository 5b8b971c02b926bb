package io.talos.launcher;

import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The five tools of the notes server. A wrong argument is answered with {@code isError}, never with
 * a broken session.
 */
final class NotesTools {
  private static final String ID = "id";
  private static final String TEXT = "text";
  private static final String QUERY = "query";

  private final Notebook notebook;
  private final Map<String, AtomicLong> calls = new TreeMap<>();

  NotesTools(Notebook notebook) {
    this.notebook = notebook;
    for (var name :
        List.of("read_note", "list_notes", "search_notes", "write_note", "delete_note")) {
      calls.put(name, new AtomicLong());
    }
  }

  /** How often each tool was called since the start, with good arguments or bad ones. */
  Map<String, Long> calls() {
    var counts = new LinkedHashMap<String, Long>();
    calls.forEach((name, count) -> counts.put(name, count.get()));
    return counts;
  }

  List<SyncToolSpecification> specifications() {
    return List.of(
        tool("read_note", "The text of one note.", true, List.of(ID), this::read),
        tool(
            "list_notes",
            "The ids of all notes.",
            true,
            List.of(),
            arguments -> text(String.join("\n", notebook.ids()))),
        tool(
            "search_notes",
            "The ids of the notes that contain a text.",
            true,
            List.of(QUERY),
            this::search),
        tool("write_note", "Creates or replaces one note.", false, List.of(ID, TEXT), this::write),
        tool("delete_note", "Deletes one note.", false, List.of(ID), this::delete));
  }

  private CallToolResult read(Map<String, String> arguments) {
    var id = argument(arguments, ID);
    return notebook.read(id).map(NotesTools::text).orElseGet(() -> error("there is no note " + id));
  }

  private CallToolResult search(Map<String, String> arguments) {
    var query = argument(arguments, QUERY);
    if (query.isEmpty() || query.length() > Limits.QUERY_CHARS) {
      return error("query has 1 to " + Limits.QUERY_CHARS + " characters");
    }
    return text(String.join("\n", notebook.search(query)));
  }

  private CallToolResult write(Map<String, String> arguments) {
    var id = argument(arguments, ID);
    return notebook
        .write(id, argument(arguments, TEXT))
        .map(NotesTools::error)
        .orElseGet(() -> text("written: " + id));
  }

  private CallToolResult delete(Map<String, String> arguments) {
    var id = argument(arguments, ID);
    return notebook.delete(id) ? text("deleted: " + id) : error("there is no note " + id);
  }

  private SyncToolSpecification tool(
      String name,
      String description,
      boolean readOnly,
      List<String> parameters,
      Function<Map<String, String>, CallToolResult> action) {
    var hints =
        ToolAnnotations.builder()
            .readOnlyHint(readOnly)
            .destructiveHint(!readOnly)
            .openWorldHint(false)
            .build();
    var tool =
        Tool.builder(name, schema(parameters)).description(description).annotations(hints).build();
    return SyncToolSpecification.builder()
        .tool(tool)
        .callHandler((exchange, request) -> call(name, parameters, request.arguments(), action))
        .build();
  }

  private CallToolResult call(
      String name,
      List<String> parameters,
      Map<String, Object> given,
      Function<Map<String, String>, CallToolResult> action) {
    calls.getOrDefault(name, new AtomicLong()).incrementAndGet();
    var arguments = new LinkedHashMap<String, String>();
    for (var entry : given.entrySet()) {
      if (!parameters.contains(entry.getKey())) {
        return error("unknown argument " + entry.getKey());
      }
      if (!(entry.getValue() instanceof String text)) {
        return error(entry.getKey() + " must be a string");
      }
      arguments.put(entry.getKey(), text);
    }
    for (var parameter : parameters) {
      if (!arguments.containsKey(parameter)) {
        return error("the argument " + parameter + " is missing");
      }
    }
    return action.apply(arguments);
  }

  private static Map<String, Object> schema(List<String> parameters) {
    var properties = new LinkedHashMap<String, Object>();
    parameters.forEach(parameter -> properties.put(parameter, Map.of("type", "string")));
    return Map.of(
        "type",
        "object",
        "properties",
        properties,
        "required",
        parameters,
        "additionalProperties",
        false);
  }

  private static String argument(Map<String, String> arguments, String name) {
    return arguments.getOrDefault(name, "");
  }

  private static CallToolResult text(String text) {
    return CallToolResult.builder().addTextContent(text).isError(false).build();
  }

  private static CallToolResult error(String why) {
    return CallToolResult.builder().addTextContent(why).isError(true).build();
  }
}
