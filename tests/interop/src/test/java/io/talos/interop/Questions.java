package io.talos.interop;

import io.talos.contracts.Bytes;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.TlogProof;
import io.talos.interop.Question.About;
import io.talos.interop.Question.Growth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * What every foreign verifier is asked: 1,000 true proofs of a log of {@value #ENTRIES} entries,
 * 1,000 with a bent inclusion, {@value #OTHERS} with a bent signature and as many with a bent
 * history. The same ones each time, unless {@code -Dtalos.interop.seed=…} says otherwise.
 */
final class Questions {
  /** True proofs, and proofs with a bent inclusion. */
  static final int OF_A_KIND = 1_000;

  /** Proofs with a bent signature, and with a bent history. */
  static final int OTHERS = 500;

  private static final int ENTRIES = 20_000;
  private static final int SMALL = 300;
  private static final String SEED = "20261130";

  private final Random random =
      new Random(Long.parseLong(System.getProperty("talos.interop.seed", SEED)));
  private final GrownLog log = new GrownLog("talos.example/audit/log", ENTRIES, random);
  private final Forger mallory = new Forger(log, random);

  private Questions() {}

  /** All of them. */
  static List<Question> all() {
    return new Questions().asked();
  }

  /** All of them in a file, one JSON object a line. */
  static Path file(Path folder) throws IOException {
    List<Question> all = all();
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < all.size(); i++) {
      lines.append(all.get(i).json(i)).append('\n');
    }
    return Files.writeString(folder.resolve("log-proofs.jsonl"), lines);
  }

  private List<Question> asked() {
    List<Question> all = new ArrayList<>();
    for (int i = 0; i < OF_A_KIND; i++) {
      all.add(valid(i));
      int size = size(2);
      all.add(mallory.inclusion(random.nextInt(size), size));
    }
    for (int i = 0; i < OTHERS; i++) {
      int size = size(2);
      all.add(mallory.signature(random.nextInt(size), size));
      // A smaller tree that is a subtree of the larger has a proof of one hash at least.
      all.add(mallory.consistency(1 + random.nextInt(size - 1), random.nextInt(size), size));
    }
    return all;
  }

  /** Every size up to {@value #SMALL} is met, and then any. */
  private Question valid(int number) {
    int size = number < SMALL ? number + 1 : size(1);
    int index = random.nextInt(size);
    NoteKey key = log.signer().verifier();
    Bytes entry = log.entryAt(index);
    TlogProof proof = log.proof(index, size);
    int from = 1 + random.nextInt(size);
    Growth growth = new Growth(log.signed(from), log.growth(from, size));
    return Question.valid(
        key, entry, proof, number % 2 == 0 ? Optional.of(growth) : Optional.empty());
  }

  private int size(int least) {
    int most = random.nextBoolean() ? SMALL : ENTRIES;
    return least + random.nextInt(most - least);
  }

  /** How many of {@code all} a verifier must reject that judges these things. */
  static long rejected(List<Question> all, List<About> abouts) {
    return all.stream().filter(q -> !q.accept() && abouts.contains(q.about())).count();
  }
}
