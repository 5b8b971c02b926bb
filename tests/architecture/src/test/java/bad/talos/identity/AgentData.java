package bad.talos.identity;

/** A name that says nothing. */
class AgentData {}
