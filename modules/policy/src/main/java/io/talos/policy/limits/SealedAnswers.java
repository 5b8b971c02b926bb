package io.talos.policy.limits;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Aead;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.port.Traffic.Answer;
import java.util.function.Supplier;

/**
 * Kept answers, sealed: an answer may hold a key that is shown only once, and Redis is not the
 * place to find it. The seal binds the answer to the idempotency record it lies in.
 *
 * <p>Source: NIST SP 800-38D §8.2.2 (96-bit random nonce).
 */
final class SealedAnswers {
  private final Supplier<TrafficKeys> keys;
  private final Randomness randomness;

  SealedAnswers(Supplier<TrafficKeys> keys, Randomness randomness) {
    this.keys = keys;
    this.randomness = randomness;
  }

  String seal(String record, Answer answer) {
    Bytes nonce = randomness.bytes(Aead.NONCE_SIZE);
    Bytes sealed =
        Aead.AES_256_GCM.seal(
            keys.get().answers(),
            nonce,
            bound(record, answer.status(), answer.contentType()),
            answer.body());
    return Base64Url.encode(nonce.concat(sealed));
  }

  Answer open(String record, int status, String contentType, String text) {
    Bytes stored = Base64Url.decode(text);
    Bytes body =
        Aead.AES_256_GCM.open(
            keys.get().answers(),
            stored.slice(0, Aead.NONCE_SIZE),
            bound(record, status, contentType),
            stored.slice(Aead.NONCE_SIZE, stored.size()));
    return new Answer(status, contentType, body);
  }

  private static Bytes bound(String record, int status, String contentType) {
    return Bytes.utf8(record + "\n" + status + "\n" + contentType);
  }
}
