package io.talos.audit.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.audit.Evidence;
import io.talos.contracts.audit.RequestContext;
import io.talos.contracts.principal.Proof;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What every keeper of events does. */
public interface EventRowsContract {
  EventRows rows();

  EventSearch search();

  <T> T inTransaction(Supplier<T> work);

  private AuditEvent written(String source, AuditFacts facts, Optional<RequestContext> request) {
    return inTransaction(() -> Samples.event(rows(), source, facts, request));
  }

  @Test
  default void a_source_counts_from_zero_without_a_gap_and_apart_from_others() {
    String one = "contract-" + Samples.IDS.next(Samples.NOW) + "/1";
    String two = "contract-" + Samples.IDS.next(Samples.NOW) + "/2";

    List<Long> numbers =
        inTransaction(
            () ->
                List.of(
                    rows().nextSeq(one),
                    rows().nextSeq(one),
                    rows().nextSeq(two),
                    rows().nextSeq(one)));

    assertThat(numbers).containsExactly(0L, 1L, 0L, 2L);
  }

  @Test
  default void an_event_is_found_exactly_as_it_was_hashed() {
    Bytes base = Bytes.utf8("\"@method\": POST\n\"@signature-params\": ()");
    Proof proof = new Proof.Signature("did:key:zBob", base, Samples.key(1).sign(base), Samples.NOW);
    AuditFacts plain = Samples.admission();
    AuditFacts signed =
        new AuditFacts(
            plain.kind(),
            plain.phase(),
            plain.result(),
            plain.code(),
            plain.httpStatus(),
            plain.resource(),
            plain.meta(),
            plain.personal(),
            Optional.of(new Evidence(proof, Optional.empty(), Optional.empty())));

    AuditEvent event = written("n/1", signed, Optional.of(Samples.request(Samples.carol())));

    JsonObject found = inTransaction(() -> rows().find(event.eventId())).orElseThrow();
    assertThat(found).isEqualTo(event.json());
    assertThat(AuditEvent.hashOf(found)).isEqualTo(event.hash());
    assertThat(inTransaction(() -> rows().openings(event.eventId()))).isEqualTo(event.openings());
    assertThat(event.openings()).containsOnlyKeys("client_address", "operator_subject");
  }

  @Test
  default void an_event_that_was_never_written_is_not_found() {
    assertThat(inTransaction(() -> rows().find(Samples.IDS.next(Samples.NOW)))).isEmpty();
    assertThat(inTransaction(() -> rows().openings(Samples.IDS.next(Samples.NOW)))).isEmpty();
  }

  @Test
  default void events_are_listed_newest_first_and_by_what_is_asked_for() {
    Optional<RequestContext> bobs = Optional.of(Samples.request(Samples.agent(41)));
    Optional<RequestContext> others = Optional.of(Samples.request(Samples.agent(42)));
    AuditEvent first = written("n/1", Samples.act("contract.listed"), bobs);
    AuditEvent second = written("n/2", Samples.act("contract.listed"), others);
    AuditEvent third = written("n/1", Samples.act("contract.other"), bobs);
    String bob = Samples.agent(41).id();

    assertThat(listed(Map.of("kind", "contract.listed"), Optional.empty(), 2))
        .containsExactly(second.json(), first.json());
    assertThat(listed(Map.of("principal", bob), Optional.empty(), 2))
        .containsExactly(third.json(), first.json());
    assertThat(listed(Map.of("principal", bob), Optional.of(third), 1))
        .containsExactly(first.json());
    assertThat(listed(Map.of("principal", bob, "kind", "contract.listed"), Optional.of(first), 9))
        .isEmpty();
    assertThat(listed(Map.of(), Optional.empty(), 1)).containsExactly(third.json());
    String request = bobs.orElseThrow().requestId().text();
    assertThat(listed(Map.of("request", request, "resource", "s-1"), Optional.empty(), 9))
        .containsExactly(third.json(), first.json());
    assertThat(listed(Map.of("request", request, "resource", "s-2"), Optional.empty(), 9))
        .isEmpty();
    assertThat(listed(Map.of("request", request, "result", "denied"), Optional.empty(), 9))
        .isEmpty();
    assertThat(
            listed(
                Map.of("request", request, "surface", "a2a.sessions.open", "result", "success"),
                Optional.empty(),
                9))
        .hasSize(2);
  }

  @Test
  default void a_window_holds_its_first_instant_and_not_its_last() {
    Optional<RequestContext> request = Optional.of(Samples.request(Samples.bob()));
    AuditEvent event = written("n/1", Samples.act("contract.timed"), request);
    String id = request.orElseThrow().requestId().text();
    String at = WireTime.format(Samples.NOW);
    String before = WireTime.format(Samples.NOW.minusMillis(1));
    String after = WireTime.format(Samples.NOW.plusMillis(1));

    assertThat(listed(Map.of("request", id, "from", at, "to", after), Optional.empty(), 9))
        .containsExactly(event.json());
    assertThat(listed(Map.of("request", id, "from", before, "to", at), Optional.empty(), 9))
        .isEmpty();
    assertThat(listed(Map.of("request", id, "from", after), Optional.empty(), 9)).isEmpty();
    assertThat(listed(Map.of("request", id, "to", after), Optional.empty(), 9)).hasSize(1);
  }

  private List<JsonObject> listed(
      Map<String, String> filter, Optional<AuditEvent> before, int most) {
    return inTransaction(
        () ->
            search()
                .newest(
                    EventFilter.of(filter),
                    before.map(event -> EventPosition.of(event.json())),
                    most));
  }

  @Test
  default void an_admission_is_open_until_its_outcome_is_written() {
    String node = "contract-" + Samples.IDS.next(Samples.NOW);
    Optional<RequestContext> request = Optional.of(Samples.request(Samples.bob()));
    AuditEvent admission = written(node + "/3", Samples.admission(), request);

    assertThat(open(node)).containsExactly(admission.json());
    assertThat(open(node.substring(0, node.length() - 1))).isEmpty();
    assertThat(inTransaction(() -> rows().openAdmissions(node, Samples.NOW, 9))).isEmpty();
    written(node + "/4", Samples.act("contract.done"), request);
    assertThat(open(node)).hasSize(1);
    written(node + "/4", Samples.outcome(), request);
    assertThat(open(node)).isEmpty();
  }

  private List<JsonObject> open(String node) {
    return inTransaction(() -> rows().openAdmissions(node, Samples.NOW.plusMillis(1), 9));
  }
}
