package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Sha256;
import java.util.Optional;

/**
 * Everything that both sides of a new channel must see alike. Its digest is the context: an input
 * of the key derivation and associated data of every message.
 *
 * @param kemPrekey the responder's KEM prekey that was used, with {@code kemCiphertext}; both or
 *     none, as the suite says
 */
record Transcript(
    Suite suite,
    SpokenSuites offered,
    SpokenSuites spoken,
    IdentityKey initiator,
    String responderDid,
    Bytes responderKey,
    Bytes ephemeralKey,
    Bytes ratchetKey,
    String signedPrekeyId,
    Bytes signedPrekey,
    Optional<OneTimePrekey> oneTimePrekey,
    Optional<KemPrekey> kemPrekey,
    Optional<Bytes> kemCiphertext) {
  Transcript {
    Check.that(
        suite.hasKem() == kemPrekey.isPresent() && suite.hasKem() == kemCiphertext.isPresent(),
        "the post-quantum part is the suite's");
  }

  Bytes context() {
    return Sha256.of(preimage());
  }

  Bytes preimage() {
    Bytes agreed =
        Bytes.utf8(suite.hasKem() ? "talos:pqxdh-2:context:v1\n" : "talos:x3dh-2:context:v2\n")
            .concat(
                field(suite.wireName()),
                field(offered.text()),
                field(spoken.text()),
                field(initiator.did()),
                field(initiator.publicKey()),
                field(responderDid),
                field(responderKey),
                field(ephemeralKey),
                field(ratchetKey),
                field(signedPrekeyId),
                field(signedPrekey),
                field(oneTimePrekey.map(OneTimePrekey::id).orElse("")),
                field(oneTimePrekey.map(OneTimePrekey::publicKey).orElse(Bytes.empty())));
    return kemPrekey
        .map(
            kem ->
                agreed.concat(
                    field(kem.id()), field(kem.publicKey()), field(kemCiphertext.orElseThrow())))
        .orElse(agreed);
  }

  private static Bytes field(String text) {
    return field(Bytes.utf8(text));
  }

  private static Bytes field(Bytes value) {
    Check.atMost(value.size(), 0xFFFF, "a field's size");
    return Bytes.of((byte) (value.size() >>> 8), (byte) value.size()).concat(value);
  }
}
