package bad.talos.identity.keys;

import jakarta.json.bind.annotation.JsonbProperty;

/** A feature that knows how it is written on the wire. */
record FeatureWithABinding(@JsonbProperty("n") String name) {}
