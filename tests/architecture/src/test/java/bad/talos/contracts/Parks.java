package bad.talos.contracts;

import java.util.concurrent.locks.LockSupport;

/** Holds a thread of the server. */
final class Parks {
  void rest() {
    LockSupport.parkNanos(1);
  }
}
