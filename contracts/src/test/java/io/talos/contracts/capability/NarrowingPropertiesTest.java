package io.talos.contracts.capability;

import static io.talos.contracts.capability.CapabilityCast.BOB;
import static io.talos.contracts.capability.CapabilityCast.NOW;
import static io.talos.contracts.capability.CapabilityCast.answer;
import static io.talos.contracts.capability.CapabilityCast.bobs;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Rules that must hold whatever Mallory writes; seeded, so that a failure comes again. */
class NarrowingPropertiesTest {
  private static final long SEED = 20_261_110L;

  @Test
  void a_constraint_that_narrows_another_admits_nothing_that_the_other_refuses() {
    Random random = new Random(SEED);
    Map<String, Integer> narrowing = new TreeMap<>();
    for (int i = 0; i < 150_000; i++) {
      Constraint wide = Constraints.any(random);
      Constraint narrow = Constraints.any(random);
      if (narrow.narrows(wide)) {
        narrowing.merge(type(narrow) + " in " + type(wide), 1, Integer::sum);
        for (int j = 0; j < 10; j++) {
          JsonValue value = Constraints.value(random, narrow);
          assertThat(narrow.admits(value) && !wide.admits(value))
              .as("%s narrows %s but admits %s", narrow.json(), wide.json(), value)
              .isFalse();
        }
      }
    }
    assertThat(narrowing)
        .as("pairs of types that were seen to narrow")
        .containsKeys(
            "exact in exact",
            "one-of in range",
            "one-of in url",
            "range in range",
            "path-prefix in path-prefix",
            "path-prefix in glob",
            "glob in glob",
            "glob in path-prefix",
            "url in url",
            "argument-digest in argument-digest");
  }

  @Test
  void the_values_that_are_tried_are_often_admitted() {
    Random random = new Random(SEED);
    Map<String, Integer> admitted = new TreeMap<>();
    for (int i = 0; i < 20_000; i++) {
      Constraint constraint = Constraints.any(random);
      if (constraint.admits(Constraints.value(random, constraint))) {
        admitted.merge(type(constraint), 1, Integer::sum);
      }
    }
    assertThat(admitted).hasSize(7).allSatisfy((t, n) -> assertThat(n).as(t).isGreaterThan(100));
  }

  private static String type(Constraint constraint) {
    return constraint.json().getString("type");
  }

  @Test
  void every_constraint_narrows_itself_and_reads_as_it_was_written() {
    Random random = new Random(SEED);
    for (int i = 0; i < 500; i++) {
      Constraint constraint = Constraints.any(random);

      assertThat(constraint.narrows(constraint)).isTrue();
      assertThat(Constraint.parse(constraint.json()).json()).isEqualTo(constraint.json());
    }
  }

  @Test
  void a_scope_that_covers_another_covers_everything_below_it() {
    Random random = new Random(SEED);
    int chains = 0;
    for (int i = 0; i < 60_000; i++) {
      Scope a = scope(random);
      Scope b = scope(random);
      Scope c = scope(random);
      if (a.covers(b) && b.covers(c)) {
        chains++;
        assertThat(a.covers(c)).as("%s covers %s covers %s", a, b, c).isTrue();
      }
      assertThat(a.covers(a)).as("%s covers itself", a).isTrue();
      assertThat(Scope.parse(a.text())).isEqualTo(a);
    }
    assertThat(chains).as("chains of three").isGreaterThan(500);
  }

  @Test
  void a_flipped_character_never_passes_and_never_breaks_the_reader() {
    Random random = new Random(SEED);
    byte[] good = Base64Url.decode(bobs().header()).toArray();
    for (int i = 0; i < 3_000; i++) {
      byte[] bad = good.clone();
      int at = random.nextInt(bad.length);
      bad[at] = (byte) (bad[at] ^ (1 << random.nextInt(8)));

      assertThat(read(Base64Url.encode(Bytes.of(bad)))).isNotEqualTo("VERIFIED");
    }
  }

  private static String read(String header) {
    try {
      return answer(UnverifiedCapability.parse(header), BOB, NOW);
    } catch (TalosException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.CAPABILITY_INVALID);
      return e.code().name();
    }
  }

  private static Scope scope(Random random) {
    List<String> segments = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      segments.add(List.of("a", "b", "*").get(random.nextInt(3)));
    }
    if (segments.isEmpty() || random.nextInt(3) == 0) {
      segments.add("**");
    }
    return new Scope(
        random.nextInt(8) == 0 ? "mail" : "notes",
        random.nextBoolean() ? Optional.of("read") : Optional.empty(),
        random.nextInt(4) > 0 ? Optional.of(segments) : Optional.empty());
  }
}
