package io.talos.architecture.docs;

import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints {@code docs/reference/surfaces.md}: everything that can be asked over HTTP. */
final class SurfacesPage {
  private static final String SOURCE = "contracts/registry/surfaces.json";
  private static final String SCHEMAS = "contracts/schemas/";

  private static final String ABOUT =
      """
      What is not in this table does not exist: the server does not start with a route that is missing here, nor with a row that nothing serves. `GET /policy/surfaces`
      gives the same list to a program, `GET /openapi` the whole contract. `{name}` is one path segment, `{name+}` one or more.

      - **Who**: *signature* is a [signed request](request-signing.md) of a registered agent, *virtual key* a bearer key of a program, *JWT* an operator's token. *Anybody* needs no
        credential; why that is right stands below the table.
      - **Permission**: what a role of the caller must hold (`contracts/registry/roles.json`). *+ capability*: the `Talos-Capability` header must cover the call besides.
      - **Rate**: requests a second for one caller on this surface, and how many may come at once. Before it, and alone where anybody may ask, stands the limit by address
        (`talos.policy.address-…` in the [settings](../operate/settings.md)).
      - **Body**: its schema and largest size in bytes. Where there is none, a body is refused.

      """;

  private SurfacesPage() {}

  static Page of(Project project) {
    Map<String, List<JsonObject>> byArea =
        project.registry("surfaces", "surfaces").stream()
            .collect(
                Collectors.groupingBy(
                    surface -> surface.getString("id").split("\\.")[0],
                    TreeMap::new,
                    Collectors.toList()));
    StringBuilder text = new StringBuilder(Page.head("Surfaces", SOURCE)).append(ABOUT);
    Map<String, String> reasons = new LinkedHashMap<>();
    byArea.forEach((area, surfaces) -> text.append(section(area, surfaces, reasons)));
    text.append("## Why anybody may ask\n\n");
    reasons.forEach(
        (id, why) ->
            text.append("- `").append(id).append("`: ").append(Table.words(why)).append('\n'));
    return new Page("docs/reference/surfaces.md", text.toString());
  }

  private static String section(
      String area, List<JsonObject> surfaces, Map<String, String> reasons) {
    Table table = new Table("surface", "route", "who", "permission", "rate", "body");
    for (JsonObject surface : surfaces) {
      String id = surface.getString("id");
      boolean anybody = surface.containsKey("anonymous");
      if (anybody) {
        reasons.put(id, surface.getString("anonymous"));
      }
      table.row(
          Table.code(id),
          Table.code(surface.getString("method") + " " + surface.getString("path")),
          anybody ? "anybody" : who(surface),
          permission(surface),
          anybody ? "by address" : rate(surface.getJsonObject("rate")),
          body(surface));
    }
    return "## " + area + "\n\n" + table + "\n";
  }

  private static String who(JsonObject surface) {
    String credentials =
        Project.texts(surface, "credentials").stream()
            .map(name -> name.equals("jwt") ? "JWT" : name.replace('-', ' '))
            .collect(Collectors.joining(", "));
    return surface.getBoolean("unregistered", false)
        ? credentials + ", also of an agent that is not registered"
        : credentials;
  }

  private static String permission(JsonObject surface) {
    String permission = Table.code(surface.getString("permission", ""));
    return surface.getString("capability", "none").equals("required")
        ? permission + " + capability"
        : permission;
  }

  private static String rate(JsonObject rate) {
    return rate.getInt("per_second") + "/s, " + rate.getInt("burst") + " at once";
  }

  private static String body(JsonObject surface) {
    if (!surface.containsKey("body")) {
      return "none";
    }
    String name = surface.getString("body");
    String most = " ≤ " + surface.getInt("body_bytes_max");
    if (name.equals("text")) {
      return "text" + most;
    }
    return name.equals("json-rpc")
        ? "JSON-RPC 2.0" + most
        : "[" + name + "](../../" + SCHEMAS + name + ".json)" + most;
  }
}
