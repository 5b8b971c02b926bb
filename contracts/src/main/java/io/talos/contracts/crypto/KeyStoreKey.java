package io.talos.contracts.crypto;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A 256-bit secret key out of a Java key store, for who keeps keys there already.
 *
 * <p>Source: RFC 7292 §4.2.5 (a secret bag of PKCS #12). {@code keytool -genseckey -keyalg AES
 * -keysize 256 -storetype PKCS12} makes one.
 */
public final class KeyStoreKey {
  private KeyStoreKey() {}

  /**
   * The key under {@code alias} in a PKCS #12 store.
   *
   * @param store the store's bytes
   * @param password opens the store and the key
   * @throws TalosException {@link ErrorCode#DECRYPT_FAILED} when the store does not open with the
   *     password, {@link ErrorCode#KEY_INVALID} when it holds no 256-bit secret key of that name
   */
  public static SecretBytes read(Bytes store, SecretBytes password, String alias) {
    char[] characters = characters(password);
    try {
      KeyStore opened = KeyStore.getInstance("PKCS12");
      opened.load(new ByteArrayInputStream(store.toArray()), characters);
      return secret(opened.getKey(alias, characters), alias);
    } catch (IOException | GeneralSecurityException e) {
      throw new TalosException(ErrorCode.DECRYPT_FAILED, "cannot open the key store", e);
    } finally {
      Arrays.fill(characters, '\0');
    }
  }

  private static SecretBytes secret(@Nullable Key key, String alias) {
    byte @Nullable [] encoded = key == null ? null : key.getEncoded();
    if (encoded == null || key == null || !"RAW".equals(key.getFormat())) {
      throw new TalosException(ErrorCode.KEY_INVALID, "no secret key is called " + alias);
    }
    try {
      if (encoded.length != Aead.KEY_SIZE) {
        throw new TalosException(ErrorCode.KEY_INVALID, "the key has not 256 bits");
      }
      return SecretBytes.of(encoded);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  private static char[] characters(SecretBytes password) {
    byte[] clear = password.reveal();
    CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(clear));
    try {
      return Arrays.copyOf(decoded.array(), decoded.limit());
    } finally {
      Arrays.fill(clear, (byte) 0);
      Arrays.fill(decoded.array(), '\0');
    }
  }
}
