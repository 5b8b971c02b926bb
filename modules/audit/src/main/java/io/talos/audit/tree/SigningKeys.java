package io.talos.audit.tree;

import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.NoteSigner;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.port.SecretVault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The private keys that sign checkpoints, each in the vault under its public key, and in memory
 * once it was used. Thread safe.
 */
public final class SigningKeys {
  /** What their names in the vault begin with. */
  public static final String PREFIX = "audit/log-key/";

  private final SecretVault vault;
  private final Randomness randomness;
  private final Map<NoteKey, NoteSigner> used = new HashMap<>();

  /** Keys in {@code vault}. */
  public SigningKeys(SecretVault vault, Randomness randomness) {
    this.vault = vault;
    this.randomness = randomness;
  }

  /** Makes a key for a log; it is there when the caller's transaction commits. */
  public NoteKey create(String origin) {
    byte[] seed = new byte[Ed25519.SEED_SIZE];
    randomness.fill(seed);
    try {
      SecretBytes secret = SecretBytes.of(seed);
      NoteKey key = new NoteSigner(origin, Ed25519.fromSeed(secret)).verifier();
      vault.findOrCreate(name(key), () -> secret);
      return key;
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  /** Destroys a key that signs no more. */
  public void destroy(NoteKey key) {
    vault.destroy(name(key));
  }

  /** Whether the vault has the key. */
  public boolean has(NoteKey key) {
    return signer(key).isPresent();
  }

  /**
   * {@code text} with a signature of every key that signs for {@code log} now.
   *
   * @throws TalosException {@link ErrorCode#AUDIT_LOG_HALTED} when the vault lacks one of them
   */
  public SignedNote sign(LogName log, String text) {
    List<SignedNote.Line> lines = new ArrayList<>();
    for (NoteKey key : log.signing()) {
      NoteSigner signer =
          signer(key)
              .orElseThrow(
                  () ->
                      new TalosException(
                          ErrorCode.AUDIT_LOG_HALTED, "the vault lacks a key of the log"));
      lines.addAll(signer.sign(text).lines());
    }
    forgetAllBut(log);
    return new SignedNote(text, lines);
  }

  private synchronized Optional<NoteSigner> signer(NoteKey key) {
    NoteSigner known = used.get(key);
    if (known == null) {
      known =
          vault
              .find(name(key))
              .map(seed -> new NoteSigner(key.name(), Ed25519.fromSeed(seed)))
              .filter(signer -> signer.verifier().equals(key))
              .orElse(null);
      if (known != null) {
        used.put(key, known);
      }
    }
    return Optional.ofNullable(known);
  }

  /** What was retired is not kept in memory either. */
  private synchronized void forgetAllBut(LogName log) {
    used.keySet().retainAll(log.signing().stream().collect(Collectors.toSet()));
  }

  private static String name(NoteKey key) {
    return PREFIX + key.publicKey().hex();
  }
}
