package bad.talos.identity.keys;

import javax.crypto.Cipher;

/** A feature with a cipher of its own. */
final class EncryptsByHand {
  int blockSize(Cipher cipher) {
    return cipher.getBlockSize();
  }
}
