package io.talos.contracts.crypto;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Authenticated encryption with a 256-bit key, a 96-bit nonce and a 128-bit tag that follows the
 * ciphertext.
 *
 * <p>A nonce must never be used twice with one key; that is the caller's duty. Every failure to
 * open has one code and one message, whatever its cause.
 *
 * <p>Source: NIST SP 800-38D; RFC 8439 §2.8.
 */
public enum Aead {
  /** AES-256-GCM. */
  AES_256_GCM("AES/GCM/NoPadding", "AES"),
  /** ChaCha20-Poly1305. */
  CHACHA20_POLY1305("ChaCha20-Poly1305", "ChaCha20");

  /** Key length in bytes. */
  public static final int KEY_SIZE = 32;

  /** Nonce length in bytes. */
  public static final int NONCE_SIZE = 12;

  /** Tag length in bytes. */
  public static final int TAG_SIZE = 16;

  private final String transformation;
  private final String keyAlgorithm;

  Aead(String transformation, String keyAlgorithm) {
    this.transformation = transformation;
    this.keyAlgorithm = keyAlgorithm;
  }

  /** Encrypts and authenticates; the result is ciphertext followed by the tag. */
  public Bytes seal(SecretBytes key, Bytes nonce, Bytes associatedData, Bytes plaintext) {
    return seal(key, nonce, associatedData, plaintext.toArray());
  }

  /** As {@link #seal(SecretBytes, Bytes, Bytes, Bytes)}, for a plaintext that is itself secret. */
  public Bytes seal(SecretBytes key, Bytes nonce, Bytes associatedData, SecretBytes plaintext) {
    byte[] clear = plaintext.reveal();
    try {
      return seal(key, nonce, associatedData, clear);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  private Bytes seal(SecretBytes key, Bytes nonce, Bytes associatedData, byte[] plaintext) {
    try {
      return Bytes.of(run(Cipher.ENCRYPT_MODE, key, nonce, associatedData, plaintext));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing with a checked key and nonce cannot fail", e);
    }
  }

  /**
   * Authenticates and decrypts.
   *
   * @throws TalosException {@link ErrorCode#DECRYPT_FAILED} whatever is wrong
   */
  public Bytes open(SecretBytes key, Bytes nonce, Bytes associatedData, Bytes sealed) {
    return Bytes.of(opened(key, nonce, associatedData, sealed));
  }

  /**
   * As {@link #open}, for a plaintext that is itself secret.
   *
   * @throws TalosException {@link ErrorCode#DECRYPT_FAILED} whatever is wrong
   */
  public SecretBytes openSecret(SecretBytes key, Bytes nonce, Bytes associatedData, Bytes sealed) {
    byte[] clear = opened(key, nonce, associatedData, sealed);
    try {
      return SecretBytes.of(clear);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  private byte[] opened(SecretBytes key, Bytes nonce, Bytes associatedData, Bytes sealed) {
    if (sealed.size() < TAG_SIZE || nonce.size() != NONCE_SIZE) {
      throw new TalosException(ErrorCode.DECRYPT_FAILED, "cannot open");
    }
    try {
      return run(Cipher.DECRYPT_MODE, key, nonce, associatedData, sealed.toArray());
    } catch (AEADBadTagException e) {
      throw new TalosException(ErrorCode.DECRYPT_FAILED, "cannot open", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("opening with a checked key and nonce cannot fail so", e);
    }
  }

  private byte[] run(int mode, SecretBytes key, Bytes nonce, Bytes associatedData, byte[] input)
      throws GeneralSecurityException {
    Check.that(key.size() == KEY_SIZE, "the key has 32 bytes");
    Check.that(nonce.size() == NONCE_SIZE, "the nonce has 12 bytes");
    return run(mode, key, nonce, associatedData, TAG_SIZE, input);
  }

  /** With every size that the standards know. Talos uses one; the rest is here to be tested. */
  byte[] run(int mode, SecretBytes key, Bytes nonce, Bytes data, int tagSize, byte[] input)
      throws GeneralSecurityException {
    byte[] clear = key.reveal();
    try {
      Cipher cipher = Cipher.getInstance(transformation);
      cipher.init(mode, new SecretKeySpec(clear, keyAlgorithm), parameters(nonce, tagSize));
      cipher.updateAAD(data.toArray());
      return cipher.doFinal(input);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  private AlgorithmParameterSpec parameters(Bytes nonce, int tagSize) {
    return this == AES_256_GCM
        ? new GCMParameterSpec(tagSize * Byte.SIZE, nonce.toArray())
        : new IvParameterSpec(nonce.toArray());
  }
}
