package io.talos.identity.ops;

import io.talos.contracts.error.TalosException;
import io.talos.identity.authentication.Nonces;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready only while a request that is signed now would be accepted: not for the few seconds after
 * Redis lost what it remembered of nonces.
 */
@Readiness
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields before call() runs
public class SignaturesReady implements HealthCheck {
  /** A signature's time has whole seconds, so it lies up to one second back. */
  private static final Duration RESOLUTION = Duration.ofSeconds(1);

  @Inject Nonces nonces;
  @Inject InstantSource clock;

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("signatures").status(accepts(clock.instant())).build();
  }

  private boolean accepts(Instant now) {
    try {
      Instant from = nonces.completeSince(now).plus(nonces.blindFor()).plus(RESOLUTION);
      return !now.isBefore(from);
    } catch (TalosException e) {
      return false;
    }
  }
}
