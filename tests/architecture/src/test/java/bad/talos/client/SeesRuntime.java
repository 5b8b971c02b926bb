package bad.talos.client;

import bad.talos.runtime.Beans;

/** A client that carries server code. */
class SeesRuntime {
  Beans beans() {
    return new Beans();
  }
}
