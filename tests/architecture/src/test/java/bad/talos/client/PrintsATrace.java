package bad.talos.client;

/** A library that writes on another's terminal. */
final class PrintsATrace {
  void print(Exception e) {
    e.printStackTrace();
  }
}
