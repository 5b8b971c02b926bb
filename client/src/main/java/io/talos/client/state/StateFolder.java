package io.talos.client.state;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Aead;
import io.talos.contracts.crypto.Hkdf;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.Json;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of one agent's sealed files: without the key nobody reads or changes them, what was
 * written lasts when {@link #write} returns, and a copy that is older than what was written last is
 * refused. One process at a time has it open. Thread safe.
 *
 * <pre>
 * head.json                    how the key comes about, whose folder it is; not secret
 * lock                         held while the folder is open
 * NAME.sealed                  "TALOSSF" 0x01 || counter (8, big-endian) || nonce (12)
 *                              || AES-256-GCM(file key, nonce, content)
 * counters/NAME                the counter, twice, with HMAC-SHA256
 * file key = HKDF-SHA256(salt: none, ikm: folder key, info: data, 32 bytes)
 * data     = "talos:state-file:v1" LF || DID LF || NAME LF || counter (8, big-endian)
 * </pre>
 *
 * The associated data is {@code data} too, so that a file put under another name, another agent or
 * another counter does not open. Every counter has a key of its own, and every write a fresh nonce:
 * a write that a crash cut off and its repetition never share both.
 *
 * <p>What it does not do: who can write here and puts back an older state <em>with</em> its older
 * counter is not noticed, unless the counters lie elsewhere (see {@link #open(Path, Path, SealKey,
 * Randomness)}) or the state was parked at the server. A file that is gone with its counter is not
 * missed.
 *
 * <p>Source: NIST SP 800-38D §8.2.2; RFC 5869 §2.
 */
public final class StateFolder implements AutoCloseable {
  private static final String FORM = "talos.state.v1";
  private static final String SEALED = ".sealed";
  private static final Bytes MAGIC = Bytes.utf8("TALOSSF").concat(Bytes.of((byte) 1));
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9][a-z0-9-]{0," + (Limits.NAME_CHARACTERS_MAX - 1) + "}");
  private static final int HEAD_SIZE = MAGIC.size() + Long.BYTES + Aead.NONCE_SIZE;
  private static final io.talos.contracts.json.Limits HEAD =
      new io.talos.contracts.json.Limits(Limits.HEAD_BYTES_MAX, 4, 32);

  private final Path folder;
  private final Path counters;
  private final Did owner;
  private final SecretBytes key;
  private final FileChannel lock;
  private final Randomness randomness;
  private final ReentrantLock writing = new ReentrantLock();

  private StateFolder(
      Path folder,
      Path counters,
      Did owner,
      SecretBytes key,
      FileChannel lock,
      Randomness randomness) {
    this.folder = folder;
    this.counters = counters;
    this.owner = owner;
    this.key = key;
    this.lock = lock;
    this.randomness = randomness;
  }

  /** Whether {@code folder} is one of these. */
  public static boolean isOne(Path folder) {
    return Files.exists(folder.resolve("head.json"));
  }

  /**
   * Makes a folder for {@code owner}, and opens it.
   *
   * @throws TalosException {@link ErrorCode#TALOS_INVALID_INPUT} when there is one already
   */
  public static StateFolder create(Path folder, SealKey key, Did owner, Randomness randomness) {
    return create(folder, folder.resolve("counters"), key, owner, randomness);
  }

  /** The same with the counters elsewhere, on a disk that is not restored with the folder's. */
  public static StateFolder create(
      Path folder, Path counters, SealKey key, Did owner, Randomness randomness) {
    if (isOne(folder)) {
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, folder + " is a state already");
    }
    JsonObject head =
        Json.createObjectBuilder()
            .add("form", FORM)
            .add("did", owner.text())
            .add("key", key.describe(randomness))
            .build();
    try {
      DurableFiles.createFolder(folder);
      DurableFiles.createFolder(counters);
      DurableFiles.replace(folder.resolve("head.json"), Bytes.utf8(head + "\n").toArray());
    } catch (IOException e) {
      throw new TalosException(ErrorCode.INTERNAL, "cannot make " + folder, e);
    }
    return open(folder, counters, key, randomness);
  }

  /**
   * Opens a folder.
   *
   * @throws TalosException {@link ErrorCode#STATE_IN_USE} when another process has it open, {@link
   *     ErrorCode#TALOS_INVALID_INPUT} when it cannot be read, {@link ErrorCode#KEY_INVALID} when
   *     it is opened by another kind of key. A wrong key is noticed by the first {@link #read}.
   */
  public static StateFolder open(Path folder, SealKey key, Randomness randomness) {
    return open(folder, folder.resolve("counters"), key, randomness);
  }

  /** The same with the counters elsewhere. */
  public static StateFolder open(Path folder, Path counters, SealKey key, Randomness randomness) {
    JsonObject head = head(folder);
    FileChannel lock = lock(folder);
    try {
      Did owner = Did.parse(head.getString("did", ""));
      SecretBytes opened = key.open(head.getJsonObject("key"));
      return new StateFolder(folder, counters, owner, opened, lock, randomness);
    } catch (TalosException e) {
      close(lock);
      throw e;
    }
  }

  private static JsonObject head(Path folder) {
    Path file = folder.resolve("head.json");
    try {
      if (Files.size(file) <= Limits.HEAD_BYTES_MAX) {
        JsonObject head = StrictJson.parseObject(Bytes.of(Files.readAllBytes(file)), HEAD);
        if (head.getString("form", "").equals(FORM) && head.get("key") instanceof JsonObject) {
          return head;
        }
      }
      throw new TalosException(ErrorCode.KEY_INVALID, file + " is no head of a state");
    } catch (IOException e) {
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, "cannot read " + file, e);
    }
  }

  private static FileChannel lock(Path folder) {
    try {
      FileChannel channel =
          DurableFiles.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        if (channel.tryLock() != null) {
          return channel;
        }
      } catch (OverlappingFileLockException e) {
        // This same process has it open already, which is no better.
        close(channel);
        throw new TalosException(ErrorCode.STATE_IN_USE, folder + " is open", e);
      }
      close(channel);
      throw new TalosException(ErrorCode.STATE_IN_USE, folder + " is open in another process");
    } catch (IOException e) {
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, "cannot lock " + folder, e);
    }
  }

  /** Whose folder it is; believed only once a file was read. */
  public Did owner() {
    return owner;
  }

  /** The names of the files that are there, in order. */
  public List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SEALED))
          .map(name -> name.substring(0, name.length() - SEALED.length()))
          .filter(name -> NAME.matcher(name).matches())
          .sorted()
          .limit(Limits.FILES_MAX)
          .toList();
    } catch (IOException e) {
      throw new TalosException(ErrorCode.INTERNAL, "cannot list " + folder, e);
    }
  }

  /**
   * What was written last under {@code name}; empty when nothing was.
   *
   * @throws TalosException {@link ErrorCode#DECRYPT_FAILED} when the key is wrong or the file was
   *     changed, whichever; {@link ErrorCode#STATE_ROLLED_BACK} when it is genuine and old
   */
  public Optional<SecretBytes> read(String name) {
    requireName(name);
    writing.lock();
    try {
      Path file = folder.resolve(name + SEALED);
      return Files.exists(file) ? Optional.of(opened(name, file)) : Optional.empty();
    } catch (IOException e) {
      throw new TalosException(ErrorCode.INTERNAL, "cannot read " + name, e);
    } finally {
      writing.unlock();
    }
  }

  /**
   * A sealed file as it lies there, to be kept somewhere else too.
   *
   * @param counter how new it is
   */
  public record Copy(Bytes sealed, long counter) {}

  /**
   * A copy of what was written last under {@code name}.
   *
   * @throws TalosException as {@link #read}
   */
  public Optional<Copy> copy(String name) {
    requireName(name);
    writing.lock();
    try {
      Path file = folder.resolve(name + SEALED);
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      opened(name, file).close();
      Bytes sealed = Bytes.of(Files.readAllBytes(file));
      return Optional.of(
          new Copy(sealed, number(sealed.slice(MAGIC.size(), MAGIC.size() + Long.BYTES))));
    } catch (IOException e) {
      throw new TalosException(ErrorCode.INTERNAL, "cannot read " + name, e);
    } finally {
      writing.unlock();
    }
  }

  private SecretBytes opened(String name, Path file) throws IOException {
    if (Files.size(file) > HEAD_SIZE + Limits.CONTENT_BYTES_MAX + Aead.TAG_SIZE) {
      throw new TalosException(ErrorCode.DECRYPT_FAILED, file + " is too large");
    }
    Bytes all = Bytes.of(Files.readAllBytes(file));
    if (all.size() < HEAD_SIZE || !all.slice(0, MAGIC.size()).equals(MAGIC)) {
      throw new TalosException(ErrorCode.DECRYPT_FAILED, file + " is no sealed file");
    }
    long written = number(all.slice(MAGIC.size(), MAGIC.size() + Long.BYTES));
    Bytes nonce = all.slice(MAGIC.size() + Long.BYTES, HEAD_SIZE);
    SecretBytes content;
    try (SecretBytes fileKey = fileKey(name, written)) {
      content =
          Aead.AES_256_GCM.openSecret(
              fileKey, nonce, bound(name, written), all.slice(HEAD_SIZE, all.size()));
    }
    requireNewest(name, written);
    return content;
  }

  private void requireNewest(String name, long written) throws IOException {
    RollbackCounter counter = counter(name);
    OptionalLong counted = counter.value();
    // Without a counter only the first write is believed: it came right before the counter.
    if (written < counted.orElse(written) || (counted.isEmpty() && written != 1)) {
      throw new TalosException(ErrorCode.STATE_ROLLED_BACK, name + " is older than it was");
    }
    if (written > counted.orElse(0)) {
      counter.set(written);
    }
  }

  /**
   * Puts {@code content} in the place of what was there; it lasts when this returns, and after a
   * crash before that the one or the other is there.
   *
   * @throws TalosException {@link ErrorCode#STATE_FULL} when the folder or the content is too
   *     large; {@link ErrorCode#INTERNAL} when it cannot be written
   */
  public void write(String name, SecretBytes content) {
    requireName(name);
    if (content.size() > Limits.CONTENT_BYTES_MAX) {
      throw new TalosException(ErrorCode.STATE_FULL, name + " is too large");
    }
    writing.lock();
    try {
      Path file = folder.resolve(name + SEALED);
      if (!Files.exists(file) && names().size() == Limits.FILES_MAX) {
        throw new TalosException(ErrorCode.STATE_FULL, "there are too many files");
      }
      RollbackCounter counter = counter(name);
      long before = counter.value().orElse(0);
      Check.that(before != RollbackCounter.REMOVED, "a name that was removed is not used again");
      DurableFiles.replace(file, sealed(name, before + 1, content).toArray());
      // Only now: a crash in between leaves a state that is newer than its counter, which is good.
      counter.set(before + 1);
    } catch (IOException e) {
      throw new TalosException(ErrorCode.INTERNAL, "cannot write " + name, e);
    } finally {
      writing.unlock();
    }
  }

  private Bytes sealed(String name, long counter, SecretBytes content) {
    Bytes nonce = randomness.bytes(Aead.NONCE_SIZE);
    try (SecretBytes fileKey = fileKey(name, counter)) {
      return MAGIC.concat(
          number(counter),
          nonce,
          Aead.AES_256_GCM.seal(fileKey, nonce, bound(name, counter), content));
    }
  }

  /** Deletes a file for good: a copy of it that is put back is refused. */
  public void remove(String name) {
    requireName(name);
    writing.lock();
    try {
      counter(name).set(RollbackCounter.REMOVED);
      Files.deleteIfExists(folder.resolve(name + SEALED));
      DurableFiles.sync(folder);
    } catch (IOException e) {
      throw new TalosException(ErrorCode.INTERNAL, "cannot remove " + name, e);
    } finally {
      writing.unlock();
    }
  }

  private SecretBytes fileKey(String name, long counter) {
    return Hkdf.derive(key, Bytes.empty(), bound(name, counter), Aead.KEY_SIZE);
  }

  private Bytes bound(String name, long counter) {
    return Bytes.utf8("talos:state-file:v1\n" + owner.text() + "\n" + name + "\n")
        .concat(number(counter));
  }

  private RollbackCounter counter(String name) {
    return new RollbackCounter(counters.resolve(name), key);
  }

  private static Bytes number(long value) {
    return Bytes.of(java.nio.ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  private static long number(Bytes value) {
    return java.nio.ByteBuffer.wrap(value.toArray()).getLong();
  }

  private static void requireName(String name) {
    Check.that(NAME.matcher(name).matches(), "a name has small letters, digits and - only");
  }

  /** Lets go of the folder and wipes the key. */
  @Override
  public void close() {
    key.close();
    close(lock);
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new TalosException(ErrorCode.INTERNAL, "cannot close a lock", e);
    }
  }
}
