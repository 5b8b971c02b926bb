package io.talos.system;

import io.talos.client.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Callers who try the same thing over and over, while somebody puts an end to it.
 *
 * @param acted what the end was answered with
 * @param returned when that answer was here
 * @param before tries that began before that, admitted or not
 * @param after tries that began later
 */
record Race(Http.Answer acted, Instant returned, List<Outcome> before, List<Outcome> after) {
  /** What each caller tries after the end, at least. */
  static final int TRIES_AFTER = 20;

  private static final int ADMITTED_BEFORE = 8;
  private static final int TRIES_MAX = 2000;

  /** What came of one try. */
  record Outcome(boolean admitted, String code) {}

  /** Tries once. */
  interface Caller extends Supplier<Outcome> {}

  private record Try(long begun, Outcome outcome) {}

  static Outcome outcome(Reply<?> reply) {
    return new Outcome(
        reply.receipt().admissionId().isPresent(),
        reply.match(done -> "", refused -> refused.refusal().code()));
  }

  static Outcome outcome(Http.Answer answer) {
    return new Outcome(answer.headers().containsKey("talos-admission"), answer.code());
  }

  /** Runs all {@code callers} at once, and {@code end} when some of their tries were admitted. */
  static Race between(List<Caller> callers, Supplier<Http.Answer> end)
      throws InterruptedException, ExecutionException {
    AtomicInteger admitted = new AtomicInteger();
    AtomicBoolean ended = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(callers.size());
    try {
      List<Future<List<Try>>> running = new ArrayList<>();
      callers.forEach(c -> running.add(threads.submit(() -> tries(c, admitted, ended))));
      Patiently.until("tries are admitted", () -> admitted.get() >= ADMITTED_BEFORE);
      Http.Answer acted = end.get();
      long returned = System.nanoTime();
      Instant wall = Notes.now();
      ended.set(true);
      Race race = new Race(acted, wall, new ArrayList<>(), new ArrayList<>());
      for (Future<List<Try>> each : running) {
        for (Try one : each.get()) {
          (one.begun() - returned > 0 ? race.after() : race.before()).add(one.outcome());
        }
      }
      return race;
    } finally {
      ended.set(true);
      threads.shutdownNow();
    }
  }

  private static List<Try> tries(Caller caller, AtomicInteger admitted, AtomicBoolean ended) {
    List<Try> tries = new ArrayList<>();
    int after = 0;
    while (after < TRIES_AFTER && tries.size() < TRIES_MAX) {
      after += ended.get() ? 1 : 0;
      Try one = new Try(System.nanoTime(), caller.get());
      tries.add(one);
      if (one.outcome().admitted()) {
        admitted.incrementAndGet();
      }
    }
    return tries;
  }
}
