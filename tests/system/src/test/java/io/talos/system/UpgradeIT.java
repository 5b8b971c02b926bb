package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.registry.Threat;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Clients that would rather speak HTTP/2 are answered all the same, however many come at once. */
@OnTheStack
@Threat("T-NETWORKDOS-01")
class UpgradeIT {
  private static final int CALLERS = 20;

  private final Stack stack;

  UpgradeIT(Stack stack) {
    this.stack = stack;
  }

  private static int status(HttpClient client, HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  @Test
  void twenty_that_offer_an_upgrade_at_once_are_all_answered()
      throws InterruptedException, ExecutionException {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    HttpRequest request =
        HttpRequest.newBuilder(stack.baseUri().resolve("/version"))
            .timeout(Duration.ofSeconds(20))
            .build();

    List<Integer> statuses =
        AtOnce.each(Collections.nCopies(CALLERS, client), c -> status(c, request));

    assertThat(statuses).hasSize(CALLERS).containsOnly(200);
  }
}
