package io.talos.system;

import io.talos.client.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * The command {@code talos}, run in this JVM.
 *
 * @param status how it ended
 * @param said all that it wrote, to whichever output
 */
record Command(int status, String said) {
  static Command run(String... arguments) {
    StringWriter said = new StringWriter();
    PrintWriter printer = new PrintWriter(said, true);
    return new Command(Main.run(printer, printer, arguments), said.toString());
  }

  /** Both as one text. */
  String text() {
    return status + " " + said;
  }
}
