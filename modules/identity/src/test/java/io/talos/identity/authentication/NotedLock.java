package io.talos.identity.authentication;

/** Notes who took it; one thread plays every story. */
public final class NotedLock implements AdmissionLock {
  private int heldBack;
  private int waited;

  @Override
  public void holdBack() {
    heldBack++;
  }

  @Override
  public void waitForAdmissions() {
    waited++;
  }

  /** How many admissions held ends back. */
  public int heldBack() {
    return heldBack;
  }

  /** How many ends waited for admissions. */
  public int waited() {
    return waited;
  }
}
