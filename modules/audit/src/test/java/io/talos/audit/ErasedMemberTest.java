package io.talos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.audit.erasure.ErasedMember;
import io.talos.audit.erasure.Erasure;
import io.talos.audit.erasure.ErasureReason;
import io.talos.audit.erasure.ErasureTarget;
import io.talos.audit.erasure.Limits;
import io.talos.audit.event.Samples;
import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.audit.Opening;
import io.talos.contracts.audit.RequestContext;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.log.BundleVerifier;
import io.talos.contracts.log.Verification;
import io.talos.contracts.principal.Principal;
import io.talos.runtime.request.CurrentRequest;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mallory reads the audit log for what somebody wanted to be forgotten. */
class ErasedMemberTest {
  private static final String ADDRESS = "192.0.2.1";

  @TempDir Path folder;

  private final CurrentRequest current = new CurrentRequest();
  private AuditStage stage;
  private EraseMembers erase;

  ErasedMemberTest() {}

  @BeforeEach
  void carol_is_asked_to_erase() {
    stage = new AuditStage(folder);
    current.become(Samples.request(Samples.carol()));
    erase =
        new EraseMembers(
            stage.events,
            stage.events,
            stage.writeEvent,
            current,
            Samples.IDS,
            InstantSource.fixed(Samples.NOW));
  }

  private UuidV7 act(Principal caller) {
    return stage.write(Samples.act("session.opened"), Samples.request(caller));
  }

  private EraseMembers.Done done(ErasureTarget target) {
    return erase
        .erase(target, ErasureReason.ASKED_BY_PERSON, Optional.of("case-7"))
        .match(
            found -> found,
            code -> {
              throw new AssertionError(code);
            });
  }

  private ReadEvents.View seen(UuidV7 event) {
    return stage
        .readEvents
        .find(event, Samples.carol())
        .match(
            view -> view,
            code -> {
              throw new AssertionError(code);
            });
  }

  private List<JsonObject> told() {
    return stage.events.outbox.stream()
        .map(pending -> stage.events.find(pending.eventId()).orElseThrow())
        .filter(event -> event.getString("kind").equals("audit.members_erased"))
        .toList();
  }

  private Bytes bundle(UuidV7 event) {
    return stage
        .proveEvent()
        .prove(event, Optional.empty(), Samples.carol())
        .match(
            bundle -> Bytes.utf8(bundle.json().toString()),
            code -> {
              throw new AssertionError(code);
            });
  }

  private void assertVerifies(Bytes bundle) {
    Verification result =
        new BundleVerifier(stage.rows.current().orElseThrow().key()).verify(bundle);
    assertThat(result).as("%s", result).isInstanceOf(Verification.Verified.class);
  }

  @Test
  void an_erased_address_is_gone_and_old_and_new_proofs_hold() {
    UuidV7 event = act(Samples.bob());
    stage.sequence();
    Bytes before = bundle(event);
    assertThat(seen(event).openings().values()).extracting(Opening::value).containsOnly(ADDRESS);

    done(new ErasureTarget.OfEvent(event));

    assertThat(seen(event).openings()).isEmpty();
    assertVerifies(before);
    stage.sequence();
    assertVerifies(bundle(event));
    assertThat(seen(event).erased())
        .singleElement()
        .satisfies(
            member -> {
              assertThat(member.name()).isEqualTo(AuditEvent.CLIENT_ADDRESS);
              assertThat(member.erasure().at()).isEqualTo(Samples.NOW);
              assertThat(member.erasure().reason()).isEqualTo(ErasureReason.ASKED_BY_PERSON);
              assertThat(member.erasure().reference()).hasValue("case-7");
            });
  }

  @Test
  void the_erasure_is_an_event_that_tells_names_and_no_value() {
    UuidV7 event = act(Samples.carol());

    done(new ErasureTarget.OfEvent(event));

    JsonObject told = told().get(0);
    assertThat(told.getJsonObject("meta").getString("names"))
        .isEqualTo("client_address operator_subject");
    assertThat(told.getJsonObject("meta").getString("event_id")).isEqualTo(event.text());
    assertThat(told.getJsonObject("meta").getString("reason")).isEqualTo("asked-by-person");
    assertThat(told.getJsonObject("meta").getString("reference")).isEqualTo("case-7");
    assertThat(told.toString()).doesNotContain(ADDRESS, "carol");
  }

  @Test
  void erasing_twice_says_the_same_and_is_told_once() {
    UuidV7 event = act(Samples.bob());

    List<ErasedMember> first = done(new ErasureTarget.OfEvent(event)).ever();
    EraseMembers.Done again = done(new ErasureTarget.OfEvent(event));

    assertThat(again.ever()).isEqualTo(first).hasSize(1);
    assertThat(again.members()).isEmpty();
    assertThat(told()).hasSize(1);
  }

  @Test
  void all_events_of_an_agent_are_erased_and_no_others() {
    UuidV7 bobs = act(Samples.bob());
    UuidV7 alsoBobs = act(Samples.bob());
    UuidV7 mallorys = act(Samples.mallory());

    EraseMembers.Done done = done(new ErasureTarget.OfPrincipal(Samples.bob().id()));

    assertThat(done.members()).hasSize(2);
    assertThat(done.more()).isFalse();
    assertThat(seen(bobs).openings()).isEmpty();
    assertThat(seen(alsoBobs).openings()).isEmpty();
    assertThat(seen(mallorys).openings()).hasSize(1);
    assertThat(told().get(0).getJsonObject("meta").getInt("events")).isEqualTo(2);
  }

  @Test
  void an_operator_is_forgotten_without_being_named() {
    UuidV7 event = act(Samples.carol());

    EraseMembers.Done done = done(new ErasureTarget.OfOperator("carol"));

    assertThat(done.members()).hasSize(2);
    assertThat(seen(event).openings()).isEmpty();
    assertThat(told().get(0).getJsonObject("meta").getBoolean("of_operator")).isTrue();
    assertThat(told().get(0).toString()).doesNotContain("carol");
  }

  @Test
  void more_than_one_call_may_erase_is_left_for_the_next() {
    stage.acts(Limits.MEMBERS_MAX + 1);
    ErasureTarget bobs = new ErasureTarget.OfPrincipal(Samples.bob().id());

    assertThat(done(bobs).more()).isTrue();
    EraseMembers.Done rest = done(bobs);

    assertThat(rest.members()).hasSize(1);
    assertThat(rest.more()).isFalse();
    assertThat(done(bobs).members()).isEmpty();
  }

  @Test
  void an_event_that_does_not_exist_is_not_erased() {
    Reading<EraseMembers.Done> result =
        erase.erase(
            new ErasureTarget.OfEvent(Samples.IDS.next(Samples.NOW)),
            ErasureReason.OTHER,
            Optional.empty());

    assertThat(result.<Object>match(found -> found, code -> code))
        .isEqualTo(ErrorCode.AUDIT_EVENT_NOT_FOUND);
    assertThat(told()).isEmpty();
  }

  @Test
  void the_owner_of_an_event_sees_that_it_was_erased_and_no_openings() {
    RequestContext request = Samples.request(Samples.bob());
    UuidV7 event = stage.write(Samples.act("session.opened"), request);
    done(new ErasureTarget.OfEvent(event));

    ReadEvents.View bobs =
        stage
            .readEvents
            .find(event, Samples.bob())
            .match(
                view -> view,
                code -> {
                  throw new AssertionError(code);
                });

    assertThat(bobs.openings()).isEmpty();
    assertThat(bobs.erased()).hasSize(1);
  }

  @Test
  void a_reference_in_which_a_name_could_stand_is_refused() {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () ->
                    new Erasure(
                        Samples.IDS.next(Samples.NOW),
                        ErasureReason.OTHER,
                        Optional.of("Carol asked"),
                        Samples.NOW)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
