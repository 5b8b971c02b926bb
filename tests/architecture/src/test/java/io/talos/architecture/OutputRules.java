package io.talos.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static io.talos.architecture.Conditions.notAccess;
import static io.talos.architecture.Place.where;

import com.tngtech.archunit.core.domain.AccessTarget;
import java.util.Set;

/** Who may write on the terminal. */
final class OutputRules {
  /** The packages that are run by a person in a terminal. */
  private static final Set<Place> TERMINALS =
      Set.of(new Place("launcher", Place.FRONT), new Place("client", "cli"));

  static final Rule ONLY_PROGRAMS_PRINT =
      Rule.of(
              classes()
                  .that(where("are not run in a terminal", p -> !TERMINALS.contains(p)))
                  .should(notAccess("print", OutputRules::prints))
                  .because(
                      "a server logs with an id from the registry, and a library says nothing:"
                          + " what is printed nobody can find, switch off or redact"),
              "identity.PrintsOut",
              "identity.PrintsErr",
              "client.PrintsATrace")
          .sparing("client.cli.Prints");

  private OutputRules() {}

  private static boolean prints(AccessTarget target) {
    boolean stream =
        target.getOwner().isEquivalentTo(System.class)
            && Set.of("out", "err").contains(target.getName());
    boolean trace =
        target.getOwner().isAssignableTo(Throwable.class)
            && target.getName().equals("printStackTrace");
    return stream || trace;
  }
}
