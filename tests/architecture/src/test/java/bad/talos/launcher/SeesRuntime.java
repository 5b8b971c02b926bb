package bad.talos.launcher;

import bad.talos.runtime.Beans;

/** A launcher that reaches into the server. */
class SeesRuntime {
  Beans beans() {
    return new Beans();
  }
}
