package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.story.Story;
import io.talos.client.story.StoryResult;
import io.talos.client.story.StorySettings;
import io.talos.client.story.StoryStep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The story that a newcomer sees, played as a test, and looked at from inside afterwards. */
@OnTheStack
class StoryIT {
  private final Stack stack;

  StoryIT(Stack stack) {
    this.stack = stack;
  }

  private List<StoryStep> play(Path folder) {
    List<StoryStep> steps = new ArrayList<>();
    StoryResult result =
        new Story(
                new StorySettings(
                    stack.baseUri(),
                    stack.operatorToken(),
                    stack.launcher().notes().uri(),
                    stack.launcher().notes().credential(),
                    folder),
                steps::add)
            .play();
    assertThat(result.held()).as(result.summary()).isTrue();
    return steps;
  }

  @Test
  void every_step_holds_and_can_be_played_again(@TempDir Path first, @TempDir Path second) {
    assertThat(play(first)).extracting(StoryStep::number).containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(play(second)).hasSize(7);
  }

  @Test
  void what_mallory_tried_is_in_the_log_with_its_code(@TempDir Path folder) {
    String before = stack.column("select now()::text").get(0);

    play(folder);

    assertThat(
            stack.column(
                "select distinct event::json ->> 'code' from audit.event"
                    + " where kind = 'request.refused' and ts >= '"
                    + before
                    + "'"))
        .contains(
            "REPLAY_DETECTED",
            "AUTH_INVALID_SIGNATURE",
            "CAPABILITY_DELEGATION_INVALID",
            "CAPABILITY_SUBJECT_MISMATCH",
            "CAPABILITY_REVOKED");
  }

  @Test
  void every_admission_has_its_outcome_and_every_event_its_leaf(@TempDir Path folder) {
    play(folder);

    Patiently.until(
        "every event has its leaf",
        () ->
            stack.count(
                    "select count(*) from audit.event e where not exists"
                        + " (select 1 from audit.leaf l where l.event_id = e.event_id)")
                == 0);
    assertThat(
            stack.count(
                "select count(*) from audit.event a where a.kind = 'request.admitted'"
                    + " and a.ts < now() - interval '5 seconds'"
                    + " and not exists (select 1 from audit.event o"
                    + " where o.kind = 'request.finished' and o.request_id = a.request_id)"))
        .isZero();
  }
}
