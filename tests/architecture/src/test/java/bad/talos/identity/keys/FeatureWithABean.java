package bad.talos.identity.keys;

import jakarta.enterprise.context.Dependent;

/** A feature that is a bean. */
@Dependent
final class FeatureWithABean {}
