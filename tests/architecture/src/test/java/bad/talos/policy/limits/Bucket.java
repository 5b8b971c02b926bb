package bad.talos.policy.limits;

/** What another feature of policy must not see. */
public final class Bucket {}
