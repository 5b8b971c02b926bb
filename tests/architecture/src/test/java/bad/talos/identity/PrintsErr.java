package bad.talos.identity;

import java.io.PrintStream;

/** A server that talks to itself. */
class PrintsErr {
  PrintStream print() {
    return System.err;
  }
}
