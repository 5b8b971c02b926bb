package io.talos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.audit.event.Bucket;
import io.talos.audit.event.Samples;
import io.talos.contracts.error.ErrorCode;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody wants a dashboard to show what did not happen, or the database to count for ever. */
class CountedEventsTest {
  private static final Instant HOUR = Instant.parse("2026-11-21T10:00:00.000Z");

  @TempDir Path folder;

  private static String count(AuditStage stage, Instant from, Instant to, Bucket bucket) {
    return new CountEvents(stage.search)
        .count(from, to, bucket)
        .match(counts -> counts.size() + " counts", ErrorCode::name);
  }

  @Test
  void buckets_are_whole_and_not_too_many() {
    AuditStage stage = new AuditStage(folder);
    stage.write(Samples.act("a.b"), Samples.request(Samples.bob()));
    Instant end = HOUR.plusSeconds(200 * 60);

    assertThat(count(stage, HOUR, end, Bucket.MINUTE)).isEqualTo("4 counts");
    assertThat(count(stage, HOUR, end.plusSeconds(60), Bucket.MINUTE))
        .isEqualTo("TALOS_INVALID_INPUT");
    assertThat(count(stage, HOUR, HOUR, Bucket.MINUTE)).isEqualTo("TALOS_INVALID_INPUT");
    assertThat(count(stage, end, HOUR, Bucket.MINUTE)).isEqualTo("TALOS_INVALID_INPUT");
    assertThat(count(stage, HOUR.plusMillis(1), end, Bucket.MINUTE))
        .isEqualTo("TALOS_INVALID_INPUT");
    assertThat(count(stage, HOUR, end.plusSeconds(1), Bucket.MINUTE))
        .isEqualTo("TALOS_INVALID_INPUT");
    assertThat(count(stage, HOUR, HOUR.plusSeconds(86_400), Bucket.DAY))
        .isEqualTo("TALOS_INVALID_INPUT");
  }

  @Test
  void an_event_at_the_end_belongs_to_the_next_bucket() {
    AuditStage stage = new AuditStage(folder);
    stage.write(Samples.act("a.b"), Samples.request(Samples.bob()));

    assertThat(count(stage, HOUR, HOUR.plusSeconds(60), Bucket.MINUTE)).isEqualTo("4 counts");
    assertThat(count(stage, HOUR.plusSeconds(60), HOUR.plusSeconds(120), Bucket.MINUTE))
        .isEqualTo("0 counts");
  }
}
