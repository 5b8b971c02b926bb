package io.talos.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.registry.Threat;
import io.talos.policy.limits.RedisLimiter;
import io.talos.policy.rights.TestRevocations;
import io.talos.runtime.redis.Redis;
import io.talos.runtime.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The aim: to be believed after a revocation because Redis was taken away. */
@Threat("T-CAPABILITYABUSE-01")
class UntoldRevocationTest {
  private static final Map<String, String> NOWHERE =
      Map.of(
          "talos.redis.host",
          "127.0.0.1",
          "talos.redis.port",
          "1",
          "talos.redis.timeout-millis",
          "100");

  private final RedisTraffic traffic =
      new TrafficStage(new Redis(new Settings(key -> Optional.ofNullable(NOWHERE.get(key)))))
          .traffic();

  @Test
  void the_end_of_a_key_stays_good_when_redis_cannot_be_told() {
    OnRevocationRecorded listener = new OnRevocationRecorded(traffic);

    assertThatCode(() -> listener.tell(new RevocationRecorded(1))).doesNotThrowAnyException();
  }

  @Test
  void the_node_that_revoked_knows_of_it_though_redis_cannot_be_told() {
    Bytes link = Sha256.of(Bytes.utf8("Mallory's link"));
    TestRevocations truth = TestRevocations.of(link);
    RevocationWatch watch = new RevocationWatch(truth, Randomness.secure());
    RedisLimiter limiter = traffic.limiter();

    watch.announce(1, limiter);

    assertThat(watch.revoked().containsAnyOf(List.of(link))).isTrue();
  }
}
