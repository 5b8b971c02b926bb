package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.client.http.EventStream;
import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.registry.Threat;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Mallory wants who follows the log to miss an event or to wait for nothing, or to see Bob's. */
@OnTheStack
class FollowedEventsIT {
  private static final int PER_CALLER_MAX = 8;

  private final Stack stack;
  private final Identity bob;

  FollowedEventsIT(Stack stack) {
    this.stack = stack;
    this.bob = Agents.registered(stack);
  }

  private Http.Answer stream(Identity reader, Optional<String> lastId, String query) {
    Http http = stack.http();
    Http.Request request = http.request("GET", "/audit/stream" + query);
    lastId.ifPresent(id -> request.header("Last-Event-ID", id));
    return http.send(request.signed(stack.baseUri(), reader.signing(), Optional.empty()));
  }

  private Http.Answer operatorStream(String query) {
    Http http = stack.http();
    return http.send(http.request("GET", "/audit/stream" + query).bearer(stack.operatorToken()));
  }

  private static List<JsonObject> data(Http.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.headers().get("content-type")).startsWith("text/event-stream");
    return EventStream.data(answer.bytes()).stream()
        .map(text -> StrictJson.parseObject(Bytes.utf8(text), Limits.REQUEST))
        .toList();
  }

  private static List<JsonObject> events(Http.Answer answer) {
    List<JsonObject> data = data(answer);
    assertThat(data.get(data.size() - 1)).containsKey("last_cursor");
    return data.subList(0, data.size() - 1);
  }

  private static List<String> ids(Http.Answer answer) {
    return answer
        .text()
        .lines()
        .filter(line -> line.startsWith("id: "))
        .map(line -> line.substring("id: ".length()))
        .toList();
  }

  private static String last(Http.Answer answer) {
    List<String> ids = ids(answer);
    return ids.get(ids.size() - 1);
  }

  private UuidV7 acts(Identity agent) {
    return Replies.admission(stack.client().agent(agent).whoami());
  }

  /** Bob's events from here on, until the wanted one has come. */
  private List<String> until(UuidV7 wanted, String cursor) {
    List<String> seen = new ArrayList<>();
    String at = cursor;
    for (int page = 0; page < 50 && !seen.contains(wanted.text()); page++) {
      Http.Answer answer = stream(bob, Optional.of(at), "?limit=2&wait=10");
      events(answer).forEach(event -> seen.add(event.getString("event_id")));
      at = last(answer);
    }
    return seen;
  }

  @Test
  @Threat("T-AUDITTAMPERING-01")
  void who_comes_back_with_the_last_id_gets_every_event_once_and_in_the_logs_order() {
    String cursor = last(stream(bob, Optional.empty(), "?wait=0"));
    List<String> acted = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      acted.add(acts(bob).text());
    }

    List<String> seen = until(new UuidV7(acted.get(4)), cursor);

    assertThat(seen).containsAll(acted).doesNotHaveDuplicates();
    List<String> logged =
        stack.column(
            "select cast(l.event_id as text) from audit.leaf l join audit.event e using (event_id)"
                + " where e.principal_id = '"
                + bob.did()
                + "' and e.surface_id <> 'audit.stream' and e.event_id in (select cast(x as uuid)"
                + " from unnest(string_to_array('"
                + String.join(",", seen)
                + "', ',')) x) order by l.log_seq");
    assertThat(seen).isEqualTo(logged);
  }

  @Test
  void each_id_alone_goes_on_behind_its_own_event() {
    String cursor = last(stream(bob, Optional.empty(), "?wait=0"));
    acts(bob);
    UuidV7 second = acts(bob);
    List<String> seen = until(second, cursor);
    Http.Answer all = stream(bob, Optional.of(cursor), "?wait=0");

    Http.Answer rest = stream(bob, Optional.of(ids(all).get(0)), "?wait=0");

    assertThat(events(rest).stream().map(event -> event.getString("event_id")).toList())
        .startsWith(seen.get(1))
        .doesNotContain(seen.get(0));
  }

  @Test
  void who_waits_is_told_when_it_happens_and_holds_no_thread() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Identity carol = Agents.registered(stack);
      String from = last(stream(carol, Optional.empty(), "?wait=0"));
      stack.client().agent(carol).whoami();
      Future<Http.Answer> answer =
          thread.submit(
              () ->
                  stream(
                      carol,
                      Optional.of(from),
                      "?wait=30&surface=identity.whoami&kind=request.finished"));

      assertThat(events(answer.get()))
          .extracting(event -> event.getString("kind"))
          .containsExactly("request.finished");
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  @Threat("T-METADATA-01")
  void mallory_follows_her_own_events_only() {
    Identity mallory = Agents.registered(stack);
    String begin = Base64Url.encode(Bytes.utf8("1:0"));
    UuidV7 bobs = acts(bob);
    until(bobs, last(stream(bob, Optional.empty(), "?wait=0&from=" + hourAgo())));

    Http.Answer foreign =
        stream(mallory, Optional.empty(), "?wait=0&principal=" + bob.did() + "&cursor=" + begin);
    Http.Answer own = stream(mallory, Optional.empty(), "?wait=0&from=" + hourAgo());

    assertThat(events(foreign)).isEmpty();
    assertThat(events(own))
        .allMatch(e -> e.getJsonObject("principal").getString("id", "").equals(mallory.did()));
    assertThat(operatorStream("?wait=0&principal=" + bob.did() + "&from=" + hourAgo()).text())
        .contains(bobs.text());
  }

  private static String hourAgo() {
    return WireTime.format(Notes.now().minus(1, ChronoUnit.HOURS));
  }

  @Test
  void a_forged_place_a_window_with_an_end_and_a_misspelt_filter_are_refused() {
    String beyond = Base64Url.encode(Bytes.utf8("1:9999999999"));

    assertThat(stream(bob, Optional.of(beyond), "?wait=0").code())
        .isEqualTo("TALOS_INVALID_CURSOR");
    assertThat(stream(bob, Optional.of("x"), "?wait=0").code()).isEqualTo("TALOS_INVALID_CURSOR");
    for (String query : List.of("?to=2026-11-30T05:00:00Z", "?wait=31", "?limit=201", "?kinds=a")) {
      assertThat(stream(bob, Optional.empty(), query).code()).isEqualTo("TALOS_INVALID_INPUT");
    }
  }

  @Test
  @Threat("T-NETWORKDOS-01")
  void a_caller_waits_at_its_places_and_at_no_more() throws Exception {
    Identity carol = Agents.registered(stack);
    ExecutorService threads = Executors.newFixedThreadPool(PER_CALLER_MAX + 1);
    try {
      List<Future<Http.Answer>> waiting = new ArrayList<>();
      for (int i = 0; i <= PER_CALLER_MAX; i++) {
        waiting.add(
            threads.submit(
                () -> stream(carol, Optional.empty(), "?wait=4&kind=nothing.like_this")));
      }
      List<String> codes = new ArrayList<>();
      for (Future<Http.Answer> one : waiting) {
        codes.add(one.get().code());
      }
      assertThat(codes).containsOnlyOnce("AUDIT_TOO_MANY_READERS").contains("");
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void the_numbers_of_a_dashboard_are_those_of_the_events() {
    acts(bob);
    Instant to = Notes.now().truncatedTo(ChronoUnit.MINUTES);
    Instant from = to.minus(30, ChronoUnit.MINUTES);
    String window = "?bucket=minute&from=" + WireTime.format(from) + "&to=" + WireTime.format(to);
    Http http = stack.http();

    JsonObject statistics =
        http.send(http.request("GET", "/audit/statistics" + window).bearer(stack.operatorToken()))
            .json();

    String counted =
        "select count(*) from audit.event where ts >= '" + from + "' and ts < '" + to + "'";
    assertThat(sum(statistics, "events", "")).isEqualTo(stack.count(counted));
    for (Map.Entry<String, String> one :
        Map.of(
                "kind", "request.admitted",
                "result", "denied",
                "surface", "identity.whoami",
                "phase", "refusal",
                "code", "AUTH_MISSING")
            .entrySet()) {
      String column = one.getKey().equals("surface") ? "surface_id" : one.getKey();
      assertThat(sum(statistics, one.getKey(), one.getValue()))
          .as(one.getKey())
          .isEqualTo(stack.count(counted + " and " + column + " = '" + one.getValue() + "'"));
    }
    assertThat(statistics.getJsonArray("buckets")).hasSize(30);
  }

  private static long sum(JsonObject statistics, String member, String value) {
    return statistics.getJsonArray("buckets").stream()
        .map(bucket -> bucket.asJsonObject())
        .mapToLong(
            bucket ->
                value.isEmpty()
                    ? bucket.getInt(member)
                    : bucket.getJsonObject(member).getInt(value, 0))
        .sum();
  }

  @Test
  void dashboards_are_for_operators_and_count_no_unbounded_window() {
    Http http = stack.http();
    String hour = "?from=2026-11-30T05:00:00Z&to=2026-11-30T06:00:00Z";

    assertThat(
            http.send(
                    http.request("GET", "/audit/statistics" + hour)
                        .signed(stack.baseUri(), bob.signing(), Optional.empty()))
                .code())
        .isEqualTo("AUTH_METHOD_NOT_ALLOWED");
    for (String query :
        List.of(
            "",
            "?from=2026-11-30T05:00:00Z",
            "?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z",
            "?from=2026-11-30T05:00:01Z&to=2026-11-30T06:00:00Z",
            hour + "&bucket=second")) {
      assertThat(
              http.send(
                      http.request("GET", "/audit/statistics" + query)
                          .bearer(stack.operatorToken()))
                  .code())
          .isEqualTo("TALOS_INVALID_INPUT");
    }
  }
}
