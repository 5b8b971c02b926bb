package io.talos.identity.authentication;

/**
 * Where admissions and the ends of keys and members meet. An admission holds an end back until it
 * is committed; an end waits for the admissions on their way and keeps new ones out until it is
 * committed. So each admission either comes before the end or sees it.
 */
public interface AdmissionLock {
  /** Keeps ends back until the admission's transaction ends. */
  void holdBack();

  /** Waits for the admissions that are being committed, and keeps new ones out until the commit. */
  void waitForAdmissions();
}
