package io.talos.client.cli;

import io.talos.client.Refusal;
import io.talos.client.Reply;
import jakarta.json.JsonObject;
import java.io.PrintWriter;

/** Prints replies the same way everywhere. */
final class Console {
  private Console() {}

  /** Prints what was granted, or why not; the exit status. */
  static int print(Reply<JsonObject> reply, PrintWriter out, PrintWriter err) {
    return reply.match(
        granted -> {
          out.println(granted.value());
          return Main.DONE;
        },
        refused -> {
          Refusal refusal = refused.refusal();
          err.println(refusal.code() + ": " + printable(refusal.title()));
          return Main.REFUSED;
        });
  }

  /** A server's text cannot move the cursor or change colours. */
  static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
