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
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rules that must hold whatever Mallory writes; seeded, so that a failure comes again. */
class NarrowingPropertiesTest {
  private static final long SEED = 20_261_110L;
  private static final ArgumentPointer AT = new ArgumentPointer("/x");

  @Test
  void a_constraint_that_narrows_another_admits_nothing_that_the_other_refuses() {
    Random random = new Random(SEED);
    int narrowing = 0;
    for (int i = 0; i < 20_000; i++) {
      Constraint wide = constraint(random);
      Constraint narrow = constraint(random);
      JsonValue value = value(random);
      if (narrow.narrows(wide)) {
        narrowing++;
        assertThat(narrow.admits(value) && !wide.admits(value))
            .as("%s narrows %s but admits %s", narrow.json(), wide.json(), value)
            .isFalse();
      }
    }
    assertThat(narrowing).as("pairs that narrow").isGreaterThan(500);
  }

  @Test
  void every_constraint_narrows_itself_and_reads_as_it_was_written() {
    Random random = new Random(SEED);
    for (int i = 0; i < 500; i++) {
      Constraint constraint = constraint(random);

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

  private static Constraint constraint(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> new Constraint.Exact(AT, scalar(random));
      case 1 -> new Constraint.OneOf(AT, List.of(scalar(random), scalar(random), scalar(random)));
      case 2 -> {
        long low = random.nextInt(6);
        yield new Constraint.Range(
            AT,
            random.nextBoolean() ? OptionalLong.of(low) : OptionalLong.empty(),
            OptionalLong.of(low + random.nextInt(4)));
      }
      default -> new Constraint.PathPrefix(AT, prefix(random));
    };
  }

  private static String prefix(Random random) {
    return List.of("/", "/a", "/a/b", "/ab").get(random.nextInt(4));
  }

  private static Scalar scalar(Random random) {
    return new Scalar(
        random.nextInt(3) == 0
            ? Json.createValue(prefix(random))
            : Json.createValue(random.nextInt(8)));
  }

  private static JsonValue value(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> Json.createValue(prefix(random) + "/c");
      case 1 -> Json.createValue(random.nextInt(80) / 10.0);
      case 2 -> JsonValue.TRUE;
      default -> scalar(random).json();
    };
  }
}
