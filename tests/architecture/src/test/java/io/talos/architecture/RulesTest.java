package io.talos.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Talos keeps every rule, and every rule catches its bad examples. */
class RulesTest {
  /** Every constant of type {@link Rule} in this package; none has to be listed. */
  static Stream<Arguments> rules() {
    return new ClassFileImporter()
        .importPackages("io.talos.architecture").stream()
            .flatMap(type -> type.getFields().stream())
            .filter(f -> f.getRawType().isEquivalentTo(Rule.class))
            .filter(f -> f.getModifiers().contains(JavaModifier.STATIC))
            .sorted(Comparator.comparing(JavaField::getFullName))
            .map(f -> arguments(f.getName(), read(f)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void talos_keeps_the_rule(String name, Rule rule) {
    rule.law().as(name + ": " + rule.law().getDescription()).check(Code.talos());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void the_rule_catches_its_bad_examples_and_names_them(String name, Rule rule) {
    List<String> findings = rule.findings(Code.bad());

    for (String example : rule.catches()) {
      assertThat(findings).as(name).anyMatch(finding -> Rule.names(finding, example));
    }
    for (String example : rule.spares()) {
      assertThat(findings).as(name).noneMatch(finding -> Rule.accuses(finding, example));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void the_rule_says_why_and_its_examples_exist(String name, Rule rule) {
    assertThat(rule.law().getDescription()).as(name).contains(", because ");
    assertThat(Stream.concat(rule.catches().stream(), rule.spares().stream()))
        .as(name)
        .allMatch(example -> Code.bad().contain("bad.talos." + example));
  }

  @Test
  void no_example_is_without_a_rule() {
    List<String> known =
        rules()
            .map(a -> (Rule) a.get()[1])
            .flatMap(r -> Stream.concat(r.catches().stream(), r.spares().stream()))
            .map("bad.talos."::concat)
            .toList();

    assertThat(Code.bad())
        .filteredOn(JavaClass::isTopLevelClass)
        .filteredOn(type -> !isPackageInfo(type))
        .extracting(JavaClass::getName)
        .filteredOn(name -> !known.contains(name))
        .isEmpty();
  }

  @Test
  void every_part_of_talos_is_looked_at() {
    for (String part :
        List.of(
            "contracts",
            "runtime",
            "identity",
            "policy",
            "a2a",
            "audit",
            "secrets",
            "gateway",
            "client",
            "launcher")) {
      assertThat(Code.talos())
          .as(part)
          .filteredOn(Place.part(part))
          .anyMatch(type -> !isPackageInfo(type));
    }
  }

  private static boolean isPackageInfo(JavaClass type) {
    return type.getSimpleName().equals("package-info");
  }

  private static Rule read(JavaField field) {
    try {
      var reflected = field.reflect();
      reflected.setAccessible(true);
      return (Rule) Objects.requireNonNull(reflected.get(null));
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
