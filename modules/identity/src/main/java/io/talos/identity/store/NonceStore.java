package io.talos.identity.store;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.identity.authentication.Nonces;
import io.talos.identity.ops.IdentitySettings;
import io.talos.runtime.redis.Redis;
import io.talos.runtime.redis.RedisScript;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Remembers nonces in Redis, so that a request replayed to another node is seen too.
 *
 * <p>A marker holds the Redis process and since when its memory is complete. When the process is
 * another one, or the marker is gone, nonces may be lost: the memory begins anew at that moment.
 * Redis must not evict keys ({@code maxmemory-policy noeviction}), and the clocks of the nodes must
 * agree within the allowed skew.
 *
 * <p>Every method throws {@link ErrorCode#REDIS_UNAVAILABLE} while Redis does not answer.
 */
@Dependent
public class NonceStore implements Nonces {
  private static final RedisScript SPEND =
      RedisScript.resource(NonceStore.class, "spend-nonce.lua");
  private static final String MARKER = "talos:nonce-memory";
  private static final String SPEND_NOTHING = "0";

  private final Redis redis;
  private final Duration skew;

  /** Remembers in {@code redis}. */
  @Inject
  public NonceStore(Redis redis, IdentitySettings settings) {
    this.redis = redis;
    this.skew = settings.signatureSkew();
  }

  @Override
  public Verdict spend(Did signer, String nonce, Instant created, Instant expires, Instant now) {
    // Another node's clock may be behind by the skew; there the signature lives that much longer.
    long remembered = Math.max(1, Duration.between(now, expires).plus(skew).toMillis());
    String signerHash = Base64Url.encode(Sha256.of(Bytes.utf8(signer.text())));
    List<?> answer =
        run("talos:nonce:" + signerHash + ":" + nonce, now, created, Long.toString(remembered));
    return switch (text(answer.get(0))) {
      case "fresh" -> Verdict.FRESH;
      case "seen" -> Verdict.SEEN;
      case "older" -> Verdict.OLDER_THAN_MEMORY;
      default -> throw unexpected();
    };
  }

  @Override
  public Instant completeSince(Instant now) {
    List<?> answer = run(MARKER, now, now, SPEND_NOTHING);
    return Instant.ofEpochMilli(Long.parseLong(text(answer.get(1))));
  }

  @Override
  public Duration blindFor() {
    return skew;
  }

  private List<?> run(String key, Instant now, Instant created, String remembered) {
    Object answer =
        redis.eval(
            SPEND,
            List.of(key, MARKER),
            List.of(
                Long.toString(now.toEpochMilli()),
                Long.toString(created.toEpochMilli()),
                remembered,
                Long.toString(skew.toMillis())));
    if (answer instanceof List<?> parts && parts.size() == 2) {
      return parts;
    }
    throw unexpected();
  }

  private static String text(Object part) {
    return part instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : part.toString();
  }

  private static TalosException unexpected() {
    return new TalosException(ErrorCode.INTERNAL, "the nonce script gave another answer");
  }
}
