package io.talos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.audit.event.Samples;
import io.talos.contracts.audit.EventCursor;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.registry.Threat;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mallory wants to read what Bob does. */
@Threat("T-METADATA-01")
class ForeignEventsTest {
  @TempDir Path folder;
  private AuditStage stage;
  private UuidV7 bobs;
  private UuidV7 mallorys;

  @BeforeEach
  void both_act() {
    stage = new AuditStage(folder);
    bobs = stage.write(Samples.act("a.b"), Samples.request(Samples.bob()));
    mallorys = stage.write(Samples.act("a.b"), Samples.request(Samples.mallory()));
  }

  private Reading<ReadEvents.Page> list(
      Map<String, String> filter, Optional<UuidV7> after, Principal reader) {
    return stage.readEvents.list(EventFilter.of(filter), after.map(EventCursor::new), 10, reader);
  }

  private static List<String> ids(Reading<ReadEvents.Page> reading) {
    return reading.match(
        page -> page.events().stream().map(event -> event.getString("event_id")).toList(),
        code -> {
          throw new AssertionError(code);
        });
  }

  @Test
  void her_list_holds_her_own_events_only() {
    assertThat(ids(list(Map.of(), Optional.empty(), Samples.mallory())))
        .containsExactly(mallorys.text());
    assertThat(ids(list(Map.of(), Optional.empty(), Samples.carol())))
        .containsExactly(mallorys.text(), bobs.text());
  }

  @Test
  void asking_for_bobs_events_gives_none() {
    Map<String, String> bob = Map.of("principal", Samples.bob().id());

    assertThat(ids(list(bob, Optional.empty(), Samples.mallory()))).isEmpty();
    assertThat(ids(list(bob, Optional.empty(), Samples.bob()))).containsExactly(bobs.text());
  }

  @Test
  void a_cursor_at_bobs_event_or_at_none_tells_her_nothing() {
    for (UuidV7 id : List.of(bobs, Samples.IDS.next(Samples.NOW))) {
      String answer =
          list(Map.of(), Optional.of(id), Samples.mallory())
              .match(page -> "a page", ErrorCode::name);

      assertThat(answer).isEqualTo("TALOS_INVALID_CURSOR");
    }
    assertThat(ids(list(Map.of(), Optional.of(mallorys), Samples.mallory()))).isEmpty();
  }
}
