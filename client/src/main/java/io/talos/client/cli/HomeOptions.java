package io.talos.client.cli;

import io.talos.client.AgentHome;
import io.talos.client.Conversations;
import io.talos.client.Identity;
import io.talos.client.KeyFile;
import io.talos.client.TalosClient;
import io.talos.client.state.SealKey;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.KeyStoreKey;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which agent, where it lives, and what opens its home. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls a command
final class HomeOptions {
  private static final int UTF_8_BYTES_MAX = 3;

  @Option(names = "--server", required = true, description = "Public base URI of the server.")
  URI server;

  @Option(
      names = "--home",
      required = true,
      description = "The agent's sealed folder; made when it is not there.")
  Path home;

  @Option(
      names = "--key",
      description = "The agent's key file: needed once, to make the home, and after a rotation.")
  Optional<Path> key = Optional.empty();

  @Option(
      names = "--passphrase-file",
      description = "File with the home's passphrase; without it the terminal asks.")
  Optional<Path> passphrase = Optional.empty();

  @Option(
      names = "--key-store",
      description =
          "PKCS #12 file whose AES-256 key opens the home; the passphrase is the store's.")
  Optional<Path> keyStore = Optional.empty();

  @Option(names = "--key-alias", description = "What the key is called in the key store.")
  String alias = "talos";

  /** The home, open. */
  AgentHome open() {
    Randomness randomness = Randomness.secure();
    Optional<Identity> given = key.map(KeyFile::read);
    if (!AgentHome.isOne(home)) {
      Identity identity =
          given.orElseThrow(
              () ->
                  new TalosException(
                      ErrorCode.TALOS_INVALID_INPUT, home + " is not there; --key makes it"));
      return AgentHome.create(home, sealKey(true), identity, randomness);
    }
    AgentHome opened = AgentHome.open(home, sealKey(false), randomness);
    try {
      given.ifPresent(identity -> adopt(opened, identity));
      return opened;
    } catch (TalosException e) {
      opened.close();
      throw e;
    }
  }

  /** A key file that was rotated has no prekeys, and those of the key before are withdrawn. */
  private static void adopt(AgentHome opened, Identity given) {
    if (!given.history().currentKey().equals(opened.identity().history().currentKey())) {
      opened.keep(given);
    }
  }

  /** The agent's conversations. */
  Conversations conversations(AgentHome opened) {
    return new TalosClient(server).agent(opened.identity()).conversations(opened);
  }

  private SealKey sealKey(boolean fresh) {
    SecretBytes secret =
        passphrase
            .map(file -> SecretBytes.utf8(SmallFile.read(file).utf8().strip()))
            .orElseGet(() -> asked(fresh));
    return keyStore
        .map(file -> SealKey.of(KeyStoreKey.read(SmallFile.read(file), secret, alias)))
        .orElseGet(() -> SealKey.passphrase(secret));
  }

  private SecretBytes asked(boolean fresh) {
    SecretBytes first = asked("Passphrase of " + home + ": ");
    if (fresh && keyStore.isEmpty() && !asked("The same again: ").equals(first)) {
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, "the passphrases differ");
    }
    return first;
  }

  // A later JDK has a console without a terminal, too; it then reads a line of the input.
  @SuppressWarnings("SystemConsoleNull")
  private static SecretBytes asked(String question) {
    java.io.@Nullable Console terminal = System.console();
    char @Nullable [] typed = terminal == null ? null : terminal.readPassword("%s", question);
    if (typed == null || typed.length == 0) {
      throw new TalosException(
          ErrorCode.TALOS_INVALID_INPUT, "there is no passphrase; use --passphrase-file");
    }
    ByteBuffer encoded = ByteBuffer.wrap(new byte[UTF_8_BYTES_MAX * typed.length]);
    StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(typed), encoded, true);
    byte[] clear = Arrays.copyOf(encoded.array(), encoded.position());
    try {
      return SecretBytes.of(clear);
    } finally {
      Arrays.fill(typed, '\0');
      Arrays.fill(clear, (byte) 0);
      Arrays.fill(encoded.array(), (byte) 0);
    }
  }
}
