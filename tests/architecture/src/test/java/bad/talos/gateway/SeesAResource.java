package bad.talos.gateway;

import bad.talos.identity.rest.ForgottenResource;

/** A gateway that lists a resource, as it may. */
class SeesAResource {
  Class<?> resource() {
    return ForgottenResource.class;
  }
}
