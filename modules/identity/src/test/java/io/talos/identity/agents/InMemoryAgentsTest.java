package io.talos.identity.agents;

/** The map keeps the contract, so that stories played on it mean something. */
class InMemoryAgentsTest implements AgentsContract {
  @Override
  public Agents agents() {
    return new InMemoryAgents();
  }
}
