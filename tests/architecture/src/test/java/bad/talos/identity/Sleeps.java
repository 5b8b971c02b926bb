package bad.talos.identity;

/** Holds a thread of the server. */
class Sleeps {
  void rest() throws InterruptedException {
    Thread.sleep(1);
  }
}
