package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Hkdf;
import io.talos.contracts.crypto.HmacSha256;

/** How a ratchet turns keys into keys; {@link Ratchet} and {@link OneXKeys} give the formulas. */
enum KeySchedule {
  ONE_X {
    @Override
    Halves root(SecretBytes rootKey, SecretBytes agreement) {
      OneXKeys.Root root = OneXKeys.root(rootKey, agreement);
      return new Halves(root.rootKey(), root.chainKey());
    }

    @Override
    SecretBytes messageKey(SecretBytes chainKey) {
      return OneXKeys.messageKey(chainKey);
    }

    @Override
    SecretBytes nextChainKey(SecretBytes chainKey) {
      return OneXKeys.nextChainKey(chainKey);
    }
  },

  TWO {
    @Override
    Halves root(SecretBytes rootKey, SecretBytes agreement) {
      try (SecretBytes both = Hkdf.derive(agreement, rootKey, ROOT, 64)) {
        return Halves.of(both);
      }
    }

    @Override
    SecretBytes messageKey(SecretBytes chainKey) {
      return HmacSha256.derive(chainKey, MESSAGE);
    }

    @Override
    SecretBytes nextChainKey(SecretBytes chainKey) {
      return HmacSha256.derive(chainKey, CHAIN);
    }
  };

  private static final Bytes ROOT = Bytes.utf8("talos:ratchet-2:root:v1");
  private static final Bytes MESSAGE = Bytes.utf8("talos:ratchet-2:message:v1");
  private static final Bytes CHAIN = Bytes.utf8("talos:ratchet-2:chain:v1");

  static KeySchedule of(Suite suite) {
    return suite == Suite.TALOS_1X ? ONE_X : TWO;
  }

  /** A new root key and the first key of a new chain. */
  abstract Halves root(SecretBytes rootKey, SecretBytes agreement);

  /** The key of the chain's next message. */
  abstract SecretBytes messageKey(SecretBytes chainKey);

  /** The chain key after that message. */
  abstract SecretBytes nextChainKey(SecretBytes chainKey);
}
