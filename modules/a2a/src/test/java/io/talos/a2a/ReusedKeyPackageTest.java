package io.talos.a2a;

import static io.talos.a2a.Stage.done;
import static io.talos.a2a.Stage.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.a2a.groups.KeyPackage;
import io.talos.a2a.groups.Limits;
import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Mallory wants a key package that somebody else got too, or all of them. */
@Threat("T-KEYCOMPROMISE-01")
class ReusedKeyPackageTest {
  private final GroupStage stage = new GroupStage();

  private static List<KeyPackage> fresh(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(i -> one("package " + i, false)).toList();
  }

  private static KeyPackage one(String text, boolean lastResort) {
    return new KeyPackage(Bytes.utf8(text), lastResort);
  }

  private void bobPublishes(int count) {
    done(stage.publish.publish(stage.bob, fresh(0, count), Optional.empty()));
  }

  @Test
  void each_is_handed_out_once() {
    bobPublishes(4);
    Set<String> given = new HashSet<>();

    for (String claimer : List.of(stage.alice, stage.carol, stage.alice, stage.mallory)) {
      given.add(done(stage.claim.claim(claimer, stage.bob)).keyPackage().hash());
    }

    assertThat(given).hasSize(4);
    assertThat(refusal(stage.claim.claim(stage.carol, stage.bob)))
        .contains(ErrorCode.A2A_KEY_PACKAGE_NOT_FOUND);
    assertThat(stage.audit).hasSize(5);
  }

  @Test
  void one_that_was_published_before_is_refused_claimed_or_not() {
    bobPublishes(2);
    KeyPackage claimed = done(stage.claim.claim(stage.alice, stage.bob)).keyPackage();
    KeyPackage left =
        fresh(0, 2).stream().filter(p -> !p.equals(claimed)).findFirst().orElseThrow();
    int audited = stage.audit.size();

    for (List<KeyPackage> again :
        List.of(List.of(claimed), List.of(left), List.of(one("new", false), one("new", false)))) {
      assertThat(refusal(stage.publish.publish(stage.bob, again, Optional.empty())))
          .contains(ErrorCode.A2A_KEY_PACKAGE_INVALID);
    }
    assertThat(
            refusal(
                stage.publish.publish(
                    stage.bob, List.of(one("x", false)), Optional.of(one("x", true)))))
        .contains(ErrorCode.A2A_KEY_PACKAGE_INVALID);
    assertThat(stage.audit).hasSize(audited);
    assertThat(stage.publish.stock(stage.bob).available()).isEqualTo(1);
  }

  @Test
  void after_five_in_an_hour_mallory_gets_the_last_resort_and_the_others_are_left_for_alice() {
    bobPublishes(10);
    done(stage.publish.publish(stage.bob, List.of(), Optional.of(one("last", true))));
    for (int i = 0; i < Limits.CLAIMS_MAX; i++) {
      assertThat(done(stage.claim.claim(stage.mallory, stage.bob)).keyPackage().lastResort())
          .isFalse();
    }

    assertThat(done(stage.claim.claim(stage.mallory, stage.bob)).keyPackage())
        .isEqualTo(one("last", true));
    assertThat(done(stage.claim.claim(stage.alice, stage.bob)).keyPackage().lastResort()).isFalse();
    stage.now = stage.now.plus(Limits.CLAIM_WINDOW);
    assertThat(done(stage.claim.claim(stage.mallory, stage.bob)).keyPackage().lastResort())
        .isFalse();
  }

  @Test
  void the_owner_is_told_when_few_are_left_and_cannot_leave_more_than_a_hundred() {
    bobPublishes(Limits.KEY_PACKAGES_LOW + 1);
    assertThat(stage.publish.stock(stage.bob).low()).isFalse();
    done(stage.claim.claim(stage.alice, stage.bob));
    assertThat(stage.publish.stock(stage.bob).low()).isTrue();

    assertThat(refusal(stage.publish.publish(stage.bob, fresh(100, 91), Optional.empty())))
        .contains(ErrorCode.A2A_KEY_PACKAGE_INVALID);
    assertThat(done(stage.publish.publish(stage.bob, fresh(100, 90), Optional.empty())).available())
        .isEqualTo(Limits.KEY_PACKAGES_MAX);
  }

  @Test
  void nobody_claims_of_a_revoked_agent_or_of_itself() {
    bobPublishes(1);
    assertThat(refusal(stage.claim.claim(stage.bob, stage.bob)))
        .contains(ErrorCode.TALOS_INVALID_INPUT);
    stage.register(stage.bob, false);

    assertThat(refusal(stage.claim.claim(stage.alice, stage.bob)))
        .contains(ErrorCode.AGENT_NOT_FOUND);
    assertThat(refusal(stage.publish.publish(stage.bob, fresh(7, 1), Optional.empty())))
        .contains(ErrorCode.AGENT_NOT_FOUND);
    assertThat(stage.publish.stock(stage.bob).available()).isEqualTo(1);
  }
}
