package io.talos.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A rule about the code, with the bad examples that prove that it bites. A rule without a bad
 * example cannot be made.
 *
 * @param law what must hold
 * @param catches bad examples that the rule must name, below {@code bad.talos}
 * @param spares near misses that the rule must not name, below {@code bad.talos}
 */
record Rule(ArchRule law, List<String> catches, List<String> spares) {
  Rule {
    catches = List.copyOf(catches);
    spares = List.copyOf(spares);
  }

  static Rule of(ArchRule law, String caught, String... more) {
    List<String> catches = new ArrayList<>(List.of(more));
    catches.add(0, caught);
    return new Rule(law, catches, List.of());
  }

  Rule sparing(String... examples) {
    return new Rule(law, catches, List.of(examples));
  }

  /** What the rule says against {@code classes}, one line a finding. */
  List<String> findings(JavaClasses classes) {
    return law.evaluate(classes).getFailureReport().getDetails();
  }

  /** Whether a finding names the example at all. */
  static boolean names(String finding, String example) {
    return Pattern.compile("\\bbad\\.talos\\." + Pattern.quote(example) + "(?![A-Za-z0-9_])")
        .matcher(finding)
        .find();
  }

  /** Whether a finding is about the example: it is the first thing that the finding names. */
  static boolean accuses(String finding, String example) {
    int from = finding.indexOf('<');
    int to = finding.indexOf('>', from + 1);
    return from >= 0 && to > from && names(finding.substring(from, to), example);
  }
}
