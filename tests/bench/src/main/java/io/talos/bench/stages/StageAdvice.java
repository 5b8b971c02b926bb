package io.talos.bench.stages;

import net.bytebuddy.asm.Advice;

/** Woven around each stage. It names nothing but the JDK, because it runs as the stage's code. */
final class StageAdvice {
  private StageAdvice() {}

  @Advice.OnMethodEnter
  static long enter() {
    return System.nanoTime();
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class)
  static void exit(@Advice.Enter long from, @Advice.Origin("#t.#m") String stage)
      throws ReflectiveOperationException {
    long nanos = System.nanoTime() - from;
    Class.forName("io.talos.bench.stages.Stages", true, ClassLoader.getSystemClassLoader())
        .getMethod("record", String.class, long.class)
        .invoke(null, stage, nanos);
  }
}
