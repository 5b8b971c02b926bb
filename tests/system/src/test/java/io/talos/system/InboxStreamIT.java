package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.client.http.EventStream;
import io.talos.contracts.Bytes;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.registry.Threat;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** An event source is to lose frames, to read another's, or to be shown what no event source is. */
@OnTheStack
class InboxStreamIT {
  private static final int PER_AGENT_MAX = 8;

  private final Stack stack;

  InboxStreamIT(Stack stack) {
    this.stack = stack;
  }

  private Http.Answer stream(Http node, Identity reader, Optional<String> id, String query) {
    Http.Request request =
        node.request("GET", "/a2a/frames/stream" + query).header("Accept", "text/event-stream");
    id.ifPresent(last -> request.header("Last-Event-ID", last));
    return node.send(request.signed(stack.baseUri(), reader.signing(), Optional.empty()));
  }

  private static List<Long> positions(Http.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.headers().get("content-type")).startsWith("text/event-stream");
    List<String> data = EventStream.data(answer.bytes());
    List<Long> positions = new ArrayList<>();
    for (String frame : data.subList(0, data.size() - 1)) {
      JsonObject item = StrictJson.parseObject(Bytes.utf8(frame), Limits.REQUEST);
      assertThat(item.getJsonObject("frame")).isNotNull();
      positions.add(item.getJsonNumber("position").longValue());
    }
    assertThat(data.get(data.size() - 1)).isEqualTo(String.valueOf(positions.size()));
    return positions;
  }

  private static String id(Http.Answer answer) {
    return answer
        .text()
        .lines()
        .filter(line -> line.startsWith("id: "))
        .map(line -> line.substring("id: ".length()))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  @Test
  void a_source_that_comes_back_with_its_last_id_misses_nothing_at_either_node(TwoNodes nodes) {
    Talk talk = Talk.begun(stack);
    for (int i = 0; i < 5; i++) {
      Replies.granted(talk.alices().send(Bytes.utf8("frame " + i)));
    }

    Http.Answer first = stream(nodes.first(), talk.bob(), Optional.empty(), "?limit=2");
    Http.Answer second = stream(nodes.second(), talk.bob(), Optional.of(id(first)), "?limit=2");
    Http.Answer third = stream(nodes.first(), talk.bob(), Optional.of(id(second)), "?limit=2");
    Http.Answer again = stream(nodes.second(), talk.bob(), Optional.of(id(first)), "?limit=2");

    assertThat(positions(first)).containsExactly(1L, 2L);
    assertThat(positions(second)).containsExactly(3L, 4L);
    assertThat(positions(third)).containsExactly(5L);
    assertThat(positions(again)).containsExactly(3L, 4L);
  }

  @Test
  void a_source_that_waits_gets_the_frame_when_it_comes_and_an_empty_end_when_none_does()
      throws Exception {
    Talk talk = Talk.begun(stack);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Callable<Http.Answer> waiting =
          () -> stream(stack.http(), talk.bob(), Optional.empty(), "?wait=30");
      Future<Http.Answer> answer = thread.submit(waiting);
      Replies.granted(talk.alices().send(Bytes.utf8("now")));

      assertThat(positions(answer.get())).containsExactly(1L);
    } finally {
      thread.shutdownNow();
    }
    assertThat(positions(stream(stack.http(), talk.alice(), Optional.empty(), "?wait=1")))
        .isEmpty();
  }

  @Test
  void an_id_of_another_reader_opens_nothing() {
    Talk talk = Talk.begun(stack);
    Replies.granted(talk.alices().send(Bytes.utf8("for bob")));
    String bobs = id(stream(stack.http(), talk.bob(), Optional.empty(), ""));

    for (String id : List.of(bobs, "x", bobs + "A")) {
      Http.Answer answer = stream(stack.http(), talk.alice(), Optional.of(id), "?wait=0");
      assertThat(answer.code()).isEqualTo("TALOS_INVALID_CURSOR");
    }
  }

  @Test
  @Threat("T-NETWORKDOS-01")
  void sources_take_the_places_of_waiting_readers_and_no_more() throws Exception {
    Talk talk = Talk.begun(stack);
    ExecutorService threads = Executors.newFixedThreadPool(PER_AGENT_MAX + 1);
    try {
      List<Future<Http.Answer>> waiting = new ArrayList<>();
      for (int i = 0; i <= PER_AGENT_MAX; i++) {
        waiting.add(
            threads.submit(() -> stream(stack.http(), talk.bob(), Optional.empty(), "?wait=25")));
      }
      Patiently.until("one is turned away", () -> waiting.stream().anyMatch(Future::isDone));
      Replies.granted(talk.alices().send(Bytes.utf8("for all others")));
      List<String> codes = new ArrayList<>();
      for (Future<Http.Answer> one : waiting) {
        codes.add(one.get().code());
      }
      assertThat(codes).containsOnlyOnce("A2A_TOO_MANY_READERS").contains("");
    } finally {
      threads.shutdownNow();
    }
  }
}
