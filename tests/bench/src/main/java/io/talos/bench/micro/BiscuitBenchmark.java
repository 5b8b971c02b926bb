package io.talos.bench.micro;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.biscuitsec.biscuit.crypto.KeyPair;
import org.biscuitsec.biscuit.datalog.RunLimits;
import org.biscuitsec.biscuit.token.Authorizer;
import org.biscuitsec.biscuit.token.Biscuit;
import org.biscuitsec.biscuit.token.Policy;
import org.biscuitsec.biscuit.token.builder.Block;
import org.biscuitsec.biscuit.token.builder.Fact;
import org.biscuitsec.biscuit.token.builder.Utils;
import org.biscuitsec.biscuit.token.builder.parser.Parser;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The peer of {@link CapabilityBenchmark}: biscuit-java, a token of as many blocks that grants one
 * tool until a time, each further block narrowing it. Facts and policy are parsed beforehand. Its
 * default limit of 5 ms is raised, because a cold JVM would exceed it.
 */
@State(Scope.Benchmark)
public class BiscuitBenchmark {
  private static final int FACTS_MAX = 1000;
  private static final int ROUNDS_MAX = 100;
  private static final RunLimits LIMITS =
      new RunLimits(FACTS_MAX, ROUNDS_MAX, Duration.ofSeconds(5));
  private static final String UNTIL = "check if time($time), $time < 2100-01-01T00:00:00Z";

  private final KeyPair root = new KeyPair();
  private final Policy policy = Parser.policy("allow if right($tool), tool($tool)").get()._2;
  private final List<Fact> call = new ArrayList<>();
  private String token = "";

  /** How many blocks the token has, the authority's included. */
  @Param({"1", "3"})
  public int links = 1;

  /** Grants, and narrows. */
  @Setup(Level.Trial)
  public void grant() throws org.biscuitsec.biscuit.error.Error {
    call.add(Utils.fact("tool", List.of(Utils.string("notes"))));
    call.add(Utils.fact("method", List.of(Utils.string("read"))));
    Biscuit biscuit =
        Biscuit.builder(root)
            .add_authority_fact("right(\"notes\")")
            .add_authority_check(UNTIL)
            .build();
    for (int i = 1; i < links; i++) {
      biscuit =
          biscuit.attenuate(new Block().add_check(UNTIL).add_check("check if tool(\"notes\")"));
    }
    token = biscuit.serialize_b64url();
  }

  /** Reads and verifies the signatures; nothing is decided. */
  @Benchmark
  public Biscuit verify() throws GeneralSecurityException, org.biscuitsec.biscuit.error.Error {
    return Biscuit.from_b64url(token, root.public_key());
  }

  /** Reads, verifies and decides. */
  @Benchmark
  public long verifyAndAuthorize()
      throws GeneralSecurityException, org.biscuitsec.biscuit.error.Error {
    Authorizer authorizer = Biscuit.from_b64url(token, root.public_key()).authorizer();
    call.forEach(authorizer::add_fact);
    return authorizer.set_time().add_policy(policy).authorize(LIMITS);
  }
}
