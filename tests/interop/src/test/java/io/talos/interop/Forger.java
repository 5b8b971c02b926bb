package io.talos.interop;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.NoteSigner;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.TlogProof;
import io.talos.interop.Question.About;
import io.talos.interop.Question.Growth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Mallory: bends true proofs, each time in one way, so that none may be believed any more. */
final class Forger {
  private static final int SEED_BYTES = 32;

  private final GrownLog log;
  private final Random random;
  private final NoteSigner mallory;

  Forger(GrownLog log, Random random) {
    this.log = log;
    this.random = random;
    byte[] seed = new byte[SEED_BYTES];
    random.nextBytes(seed);
    this.mallory = new NoteSigner(log.signer().name(), Ed25519.fromSeed(SecretBytes.of(seed)));
  }

  /** The entry, its place or its path was changed. */
  Question inclusion(int index, int size) {
    TlogProof proof = log.proof(index, size);
    List<Bytes> path = new ArrayList<>(proof.path());
    Bytes entry = log.entryAt(index);
    int at = random.nextInt(path.size());
    int other = (index + 1 + random.nextInt(size - 1)) % size;
    return switch (random.nextInt(8)) {
      case 0 -> question("a bit of the entry", flipped(entry), proof, index, path);
      case 1 -> question("another entry", log.entryAt(other), proof, index, path);
      case 2 -> question("another index", entry, proof, other, path);
      case 3 -> {
        path.set(at, flipped(path.get(at)));
        yield question("a bit of the path", entry, proof, index, path);
      }
      case 4 -> {
        path.remove(at);
        yield question("a hash left out", entry, proof, index, path);
      }
      case 5 -> {
        path.add(random.nextInt(path.size() + 1), Sha256.of(entry));
        yield question("a hash too many", entry, proof, index, path);
      }
      case 6 -> question("another entry's path", entry, proof, index, log.path(other, size));
      default -> {
        path.add(path.get(at));
        path.remove(at);
        // Turning a path of one hash round changes nothing, and nor does moving the last.
        if (path.equals(proof.path())) {
          path.set(0, flipped(path.get(0)));
        }
        yield question("the path in another order", entry, proof, index, path);
      }
    };
  }

  private Question question(
      String what, Bytes entry, TlogProof proof, int index, List<Bytes> path) {
    TlogProof forged = new TlogProof(Optional.empty(), index, path, proof.checkpoint());
    return new Question(
        what,
        About.INCLUSION,
        false,
        log.signer().verifier(),
        entry,
        forged.text(),
        Optional.empty());
  }

  /** The checkpoint was not signed as it stands, or by another. */
  Question signature(int index, int size) {
    TlogProof proof = log.proof(index, size);
    SignedNote note = proof.checkpoint();
    Checkpoint checkpoint = log.checkpoint(size);
    SignedNote.Line line = note.lines().get(0);
    return switch (random.nextInt(6)) {
      case 0 -> question("a bit of the signature", proof, signed(note.text(), flipped(line)));
      case 1 -> {
        Checkpoint larger = new Checkpoint(checkpoint.origin(), size + 1, checkpoint.root());
        yield question("another size", proof, new SignedNote(larger.text(), note.lines()));
      }
      case 2 -> {
        Checkpoint other = new Checkpoint(checkpoint.origin(), size, flipped(checkpoint.root()));
        yield question("another root", proof, new SignedNote(other.text(), note.lines()));
      }
      case 3 -> question("another key", proof, mallory.sign(note.text()));
      case 4 -> {
        Bytes forged = mallory.sign(note.text()).lines().get(0).signature();
        yield question(
            "another key under the log's id",
            proof,
            signed(note.text(), new SignedNote.Line(line.name(), line.keyId(), forged)));
      }
      default -> {
        NoteSigner renamed = new NoteSigner("other.example/log", log.signer().keys());
        Checkpoint other = new Checkpoint(renamed.name(), size, checkpoint.root());
        yield question("another log of the same key", proof, renamed.sign(other.text()));
      }
    };
  }

  private Question question(String what, TlogProof proof, SignedNote note) {
    TlogProof forged = new TlogProof(Optional.empty(), proof.index(), proof.path(), note);
    return new Question(
        what,
        About.SIGNATURE,
        false,
        log.signer().verifier(),
        log.entryAt((int) proof.index()),
        forged.text(),
        Optional.empty());
  }

  /** The log shows an earlier history that it had not, or does not prove the one it had. */
  Question consistency(int from, int index, int size) {
    List<Bytes> path = new ArrayList<>(log.growth(from, size));
    Checkpoint earlier = log.checkpoint(from);
    int at = random.nextInt(path.size());
    return switch (random.nextInt(5)) {
      case 0 -> {
        path.set(at, flipped(path.get(at)));
        yield grown("a bit of the growth", index, size, log.signed(from), path);
      }
      case 1 -> {
        path.remove(at);
        yield grown("a hash of the growth left out", index, size, log.signed(from), path);
      }
      case 2 -> {
        path.add(Sha256.of(path.get(at)));
        yield grown("a hash of the growth too many", index, size, log.signed(from), path);
      }
      case 3 -> {
        Checkpoint fork = new Checkpoint(earlier.origin(), from, flipped(earlier.root()));
        yield grown("a fork", index, size, log.signer().sign(fork.text()), path);
      }
      default -> grown("a log set back", index % from, from, log.signed(size), path);
    };
  }

  private Question grown(String what, int index, int size, SignedNote earlier, List<Bytes> path) {
    return new Question(
        what,
        About.CONSISTENCY,
        false,
        log.signer().verifier(),
        log.entryAt(index),
        log.proof(index, size).text(),
        Optional.of(new Growth(earlier, path)));
  }

  private static SignedNote signed(String text, SignedNote.Line line) {
    return new SignedNote(text, List.of(line));
  }

  private SignedNote.Line flipped(SignedNote.Line line) {
    return new SignedNote.Line(line.name(), line.keyId(), flipped(line.signature()));
  }

  private Bytes flipped(Bytes bytes) {
    byte[] changed = bytes.toArray();
    changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    return Bytes.of(changed);
  }
}
