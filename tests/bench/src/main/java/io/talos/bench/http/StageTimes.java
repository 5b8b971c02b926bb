package io.talos.bench.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** Asks the bare application what the agent in its server has measured. */
public final class StageTimes {
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;

  private final URI stages;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  StageTimes(URI base) {
    this.stages = base.resolve("/bare/stages");
  }

  /**
   * One stage of one workload.
   *
   * @param stage type and method
   * @param passes how often it was passed
   * @param medianMicros its median in microseconds
   * @param meanMicros its mean in microseconds
   */
  public record Row(
      String workload, String stage, long passes, double medianMicros, double meanMicros) {}

  void forget() {
    send(HttpRequest.newBuilder(stages).DELETE().build());
  }

  List<Row> read(String workload) {
    return send(HttpRequest.newBuilder(stages).GET().build())
        .lines()
        .map(line -> line.split(" ", -1))
        .map(
            words ->
                new Row(
                    workload,
                    words[0].substring(
                        words[0].lastIndexOf('.', words[0].lastIndexOf('.') - 1) + 1),
                    Long.parseLong(words[1]),
                    Double.parseDouble(words[2]),
                    Double.parseDouble(words[3])))
        .toList();
  }

  private String send(HttpRequest request) {
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != OK && answer.statusCode() != NO_CONTENT) {
        throw new IOException("status " + answer.statusCode() + ": " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException("the stages cannot be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the load was interrupted", e);
    }
  }
}
