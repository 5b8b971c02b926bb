package io.talos.system;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Many callers that start in the same moment. */
final class AtOnce {
  private AtOnce() {}

  /** What each caller got, in the callers' order. */
  static <C, R> List<R> each(Collection<C> callers, Function<C, R> call)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(callers.size());
    CountDownLatch start = new CountDownLatch(1);
    try {
      List<Future<R>> answers = new ArrayList<>();
      for (C caller : callers) {
        answers.add(
            threads.submit(
                () -> {
                  start.await();
                  return call.apply(caller);
                }));
      }
      start.countDown();
      List<R> results = new ArrayList<>();
      for (Future<R> answer : answers) {
        results.add(answer.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
