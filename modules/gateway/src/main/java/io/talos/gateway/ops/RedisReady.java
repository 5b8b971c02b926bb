package io.talos.gateway.ops;

import io.talos.contracts.error.TalosException;
import io.talos.runtime.redis.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/** Ready only while Redis answers. */
@Readiness
@ApplicationScoped
public class RedisReady implements HealthCheck {
  @Inject private @Nullable Redis redis;

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("redis").status(answers()).build();
  }

  private boolean answers() {
    if (redis == null) {
      return false;
    }
    try {
      redis.ping();
      return true;
    } catch (TalosException e) {
      return false;
    }
  }
}
