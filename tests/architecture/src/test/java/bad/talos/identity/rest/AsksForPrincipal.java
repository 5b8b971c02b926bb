package bad.talos.identity.rest;

import java.security.Principal;

/** Asks JAX-RS for a name. */
class AsksForPrincipal {
  String name(Principal caller) {
    return caller.getName();
  }
}
