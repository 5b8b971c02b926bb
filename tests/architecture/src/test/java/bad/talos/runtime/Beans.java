package bad.talos.runtime;

import java.time.Clock;
import java.time.InstantSource;

/** Stands where the producer stands: it may make a clock. */
public class Beans {
  public InstantSource clock() {
    return Clock.systemUTC();
  }
}
