package bad.talos.policy;

/** What other parts must not see. */
public class SeenByIdentity {}
