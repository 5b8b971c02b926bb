package io.talos.a2a.sessions;

/** The store of the stories keeps the contract of the real one. */
class MemorySessionsTest implements SessionsContract {
  private final MemorySessions sessions = new MemorySessions();

  @Override
  public Sessions sessions() {
    return sessions;
  }
}
