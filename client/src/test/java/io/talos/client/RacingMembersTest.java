package io.talos.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.groups.OwnKeyPackage;
import io.talos.contracts.Bytes;
import io.talos.contracts.did.Did;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many members commit, come, go and write at once: there is one history, and all are in it. */
class RacingMembersTest {
  private static final boolean LONG = Boolean.getBoolean("talos.proof");
  private static final int MEMBERS = 50;
  private static final int COMMITS = 100;
  private static final int THREADS = 8;

  private final OneGroup server = new OneGroup();

  private List<GroupSession> group(int size) {
    GroupSession maker = server.maker("m0");
    List<OwnKeyPackage> own =
        IntStream.range(1, size).mapToObj(i -> server.cast.offers("m" + i)).toList();
    List<Did> others = IntStream.range(1, size).mapToObj(i -> server.cast.did("m" + i)).toList();
    maker.add(others).orThrow();
    List<GroupSession> sessions = new ArrayList<>(List.of(maker));
    for (int i = 1; i < size; i++) {
      sessions.add(server.welcomed("m" + i, own.get(i - 1)));
    }
    return sessions;
  }

  private static void requireOneHistory(List<GroupSession> sessions) {
    sessions.forEach(session -> session.receive().orThrow());
    Set<Bytes> states = new HashSet<>();
    sessions.forEach(session -> states.add(session.epochAuthenticator()));
    assertThat(states).hasSize(1);
  }

  @Test
  void fifty_members_racing_a_hundred_commits_end_in_one_history() throws Exception {
    List<GroupSession> sessions = group(MEMBERS);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> racing = new ArrayList<>();
      for (int i = 0; i < COMMITS; i++) {
        GroupSession session = sessions.get(i % MEMBERS);
        racing.add(threads.submit(() -> insist(session)));
      }
      for (Future<?> done : racing) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }

    requireOneHistory(sessions);
    assertThat(server.epoch()).isEqualTo(1 + COMMITS);
  }

  /** Whoever lost as often as a session tries begins again. */
  private static void insist(GroupSession session) {
    while (session.update() instanceof Reply.Refused) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whatever_a_group_lives_through_its_members_agree_and_read_each_other() {
    int histories = LONG ? 200 : 3;
    for (int seed = 0; seed < histories; seed++) {
      new Life(seed).live(LONG ? 100 : 30);
    }
  }

  /** A group's life by chance. */
  private static final class Life {
    private final OneGroup server = new OneGroup();
    private final Random chance;
    private final List<GroupSession> in = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private int born;

    Life(int seed) {
      this.chance = new Random(seed);
      in.add(server.maker("m0"));
      names.add("m0");
      born = 1;
      join();
      join();
    }

    void live(int steps) {
      for (int step = 0; step < steps; step++) {
        switch (chance.nextInt(7)) {
          case 0 -> join();
          case 1 -> comeBack();
          case 2 -> goes(true);
          case 3 -> goes(false);
          case 4 -> any().update().orThrow();
          default -> writes("step " + step);
        }
        writes("after " + step);
        requireOneHistory(in);
      }
    }

    private GroupSession any() {
      return in.get(chance.nextInt(in.size()));
    }

    private void join() {
      String name = "m" + born++;
      if (chance.nextBoolean() && server.epoch() > 0) {
        in.add(server.fromOutside(name));
      } else {
        OwnKeyPackage own = server.cast.offers(name);
        any().add(List.of(server.cast.did(name))).orThrow();
        in.add(server.welcomed(name, own));
      }
      names.add(name);
    }

    private void comeBack() {
      int lost = chance.nextInt(in.size());
      in.set(lost, server.fromOutside(names.get(lost)));
    }

    private void goes(boolean byItself) {
      if (in.size() < 4) {
        return;
      }
      int gone = chance.nextInt(in.size());
      GroupSession session = in.remove(gone);
      String name = names.remove(gone);
      if (byItself) {
        session.leave().orThrow();
        if (chance.nextBoolean()) {
          // The proposal is void in the next epoch, which somebody from outside begins.
          int lost = chance.nextInt(in.size());
          in.set(lost, server.fromOutside(names.get(lost)));
        }
        any().update().orThrow();
      } else {
        any().remove(List.of(server.cast.did(name))).orThrow();
      }
      session.receive().orThrow();
      assertThat(session.isMember()).isFalse();
    }

    private void writes(String text) {
      GroupSession from = any();
      from.send(Bytes.utf8(text)).orThrow();
      for (GroupSession session : in) {
        GroupNews news = session.receive().orThrow();
        assertThat(news.unreadable()).isEmpty();
        if (session != from) {
          assertThat(news.messages().get(news.messages().size() - 1).content().utf8())
              .isEqualTo(text);
        }
      }
    }
  }
}
