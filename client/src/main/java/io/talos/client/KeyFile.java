package io.talos.client;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.Json;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/**
 * An identity in a file that only its owner may read (mode 0600). The keys are not encrypted:
 * whoever reads the file is the agent.
 *
 * <p>Prekeys are not kept: an agent that starts again publishes fresh ones.
 */
public final class KeyFile {
  private static final String FORM = "talos.identity.v1";
  private static final String RECOVERY_FORM = "talos.recovery.v1";
  private static final Limits LIMITS = new Limits(1 << 18, 4, 4096);

  private KeyFile() {}

  /**
   * Writes {@code identity} to a new file.
   *
   * @throws TalosException {@link ErrorCode#TALOS_INVALID_INPUT} when the file exists, because
   *     overwriting it would end an identity; {@link ErrorCode#INTERNAL} when it cannot be written
   */
  public static void create(Path file, Identity identity) {
    create(file, text(identity));
  }

  /**
   * Writes a recovery key to a new file, which belongs on another machine than the identity's.
   *
   * @throws TalosException as {@link #create}
   */
  public static void createRecovery(Path file, Ed25519.KeyPair recovery) {
    create(
        file,
        Bytes.utf8(
                Json.createObjectBuilder()
                        .add("form", RECOVERY_FORM)
                        .add("ed25519_seed", IdentityText.revealed(recovery.seed()))
                        .build()
                    + "\n")
            .toArray());
  }

  /** Reads a recovery key; throws as {@link #read}. */
  public static Ed25519.KeyPair readRecovery(Path file) {
    return Ed25519.fromSeed(IdentityText.key(json(file, RECOVERY_FORM), "ed25519_seed"));
  }

  /**
   * Puts the identity in {@code fresh} in the place of the one in {@code file}, at once or not at
   * all.
   */
  public static void replace(Path file, Path fresh) {
    try {
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new TalosException(ErrorCode.INTERNAL, "cannot replace " + file, e);
    }
  }

  private static void create(Path file, byte[] text) {
    try (SeekableByteChannel out =
        Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            ownerOnly(file))) {
      ByteBuffer rest = ByteBuffer.wrap(text);
      while (rest.hasRemaining()) {
        out.write(rest);
      }
    } catch (FileAlreadyExistsException e) {
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, file + " exists already", e);
    } catch (IOException e) {
      throw new TalosException(ErrorCode.INTERNAL, "cannot write " + file, e);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  /**
   * Reads an identity.
   *
   * @throws TalosException {@link ErrorCode#KEY_INVALID} when the file holds none, {@link
   *     ErrorCode#TALOS_INVALID_INPUT} when it cannot be read
   */
  public static Identity read(Path file) {
    return IdentityText.read(json(file, FORM));
  }

  private static JsonObject json(Path file, String form) {
    JsonObject json;
    try {
      if (Files.size(file) > LIMITS.bytesMax()) {
        throw new TalosException(ErrorCode.KEY_INVALID, file + " is no key file");
      }
      json = StrictJson.parseObject(Bytes.of(Files.readAllBytes(file)), LIMITS);
    } catch (IOException e) {
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, "cannot read " + file, e);
    }
    if (!json.getString("form", "").equals(form)) {
      throw new TalosException(ErrorCode.KEY_INVALID, file + " is no key file of this kind");
    }
    return json;
  }

  private static byte[] text(Identity identity) {
    return Bytes.utf8(IdentityText.keys(identity).add("form", FORM).build() + "\n").toArray();
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
