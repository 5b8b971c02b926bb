package io.talos.bench.stages;

import net.bytebuddy.asm.Advice;

/** Passes over a statement of the audit module while the bench says so. */
final class AuditOffAdvice {
  private AuditOffAdvice() {}

  @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
  static boolean enter() {
    return "off".equals(System.getProperty("talos.bench.audit"));
  }
}
