package bad.talos.client.cli;

/** A command, which may print. */
final class Prints {
  void print() {
    System.out.println("done");
  }
}
