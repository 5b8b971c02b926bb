package bad.talos.identity.keys;

/** A feature that may be subclassed. */
class OpenFeature {}
