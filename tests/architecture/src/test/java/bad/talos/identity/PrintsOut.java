package bad.talos.identity;

/** A server that talks to itself. */
class PrintsOut {
  void print() {
    System.out.println("revoked");
  }
}
