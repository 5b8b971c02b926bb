package io.talos.bench.micro;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.policy.AccessDecision;
import io.talos.contracts.port.AccessControl.Allowed;
import io.talos.contracts.port.AccessControl.Decision;
import io.talos.contracts.port.AccessControl.Denied;
import io.talos.contracts.port.AccessControl.Question;
import io.talos.policy.rights.CapabilityCheck;
import java.util.List;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The server's own check of a capability that it has seen before, from the header's text to the
 * decision: found by its text, then everything that may have changed since is asked. In process:
 * without the signature of the request, without Redis, without RBAC.
 */
@State(Scope.Benchmark)
public class DecisionBenchmark {
  /** Copies of the question, a power of two: enough that none stays in a register. */
  private static final int COPIES = 64;

  private static final int HEADER_CHARACTERS_MAX = 800;

  /** Other people's revocations. */
  private static final int REVOKED = 1000;

  /** How many links the chain has. */
  @Param({"1", "3"})
  public int links = 1;

  /** What is asked. */
  @Param public Ask ask = Ask.GRANTED;

  private List<Question> questions = List.of();
  private Function<Question, Decision> check = question -> new Denied(ErrorCode.INTERNAL, "none");
  private int turn;

  /** What is asked. */
  public enum Ask {
    /** What the capability grants. */
    GRANTED,
    /** What belongs to another tool. */
    WRONG_TOOL,
    /** When it has expired. */
    EXPIRED,
    /** When its first link is revoked. */
    REVOKED
  }

  /** Shows the capability once, so that it is known. */
  @Setup(Level.Trial)
  public void show() {
    Shown shown = new Shown(links);
    List<Bytes> mine = ask == Ask.REVOKED ? List.of(shown.rootId()) : List.of();
    CapabilityCheck fresh = shown.check(mine, REVOKED);
    AccessDecision access = RolesBenchmark.policy().decide(shown.question("notes", Samples.NOW));
    check = question -> fresh.decide(access, question);
    boolean allowed = check.apply(shown.question("notes", Samples.NOW)) instanceof Allowed;
    Outcome.held(allowed == (ask != Ask.REVOKED));
    questions =
        shown.questions(
            COPIES,
            ask == Ask.WRONG_TOOL ? "ledger" : "notes",
            ask == Ask.EXPIRED ? Samples.NOW.plus(Shown.LIFE) : Samples.NOW);
    Outcome.held(expected(decide()));
    // The target speaks of a token of at most 600 bytes, which are 800 characters of a header.
    Outcome.held(links > 1 || shown.header().length() <= HEADER_CHARACTERS_MAX);
  }

  private boolean expected(Decision decision) {
    return switch (ask) {
      case GRANTED -> decision instanceof Allowed;
      case WRONG_TOOL -> isDenied(decision, ErrorCode.CAPABILITY_SCOPE_MISMATCH);
      case EXPIRED -> isDenied(decision, ErrorCode.CAPABILITY_EXPIRED);
      case REVOKED -> isDenied(decision, ErrorCode.CAPABILITY_REVOKED);
    };
  }

  private static boolean isDenied(Decision decision, ErrorCode code) {
    return decision instanceof Denied denied && denied.code() == code;
  }

  /** Decides, and is not what it should not be. */
  @Benchmark
  public Decision warm() {
    Decision decision = decide();
    Outcome.held(decision instanceof Allowed == (ask == Ask.GRANTED));
    return decision;
  }

  private Decision decide() {
    turn = (turn + 1) & (COPIES - 1);
    return check.apply(questions.get(turn));
  }
}
