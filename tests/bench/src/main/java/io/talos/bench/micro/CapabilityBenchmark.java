package io.talos.bench.micro;

import io.talos.contracts.capability.Attenuation;
import io.talos.contracts.capability.CapabilityVerifier;
import io.talos.contracts.capability.Need;
import io.talos.contracts.capability.Presentation;
import io.talos.contracts.capability.RootGrant;
import io.talos.contracts.capability.Scope;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.id.UuidV7Generator;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A capability cold: from the header's text to the verdict, nothing remembered. The caller is
 * authenticated already; whether a link was revoked is not asked.
 */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
public class CapabilityBenchmark {
  private static final String AUDIENCE = "http://127.0.0.1:9080";

  private final Randomness randomness = Randomness.secure();
  private final UuidV7Generator ids = new UuidV7Generator(randomness);
  private final Ed25519.KeyPair issuer = Ed25519.generate(randomness);
  private final CapabilityVerifier verifier =
      new CapabilityVerifier(Set.of(Did.ofKey(issuer.publicKey())), AUDIENCE);
  private String header = "";
  private Presentation shown = shownBy(issuer);

  /** How many links the chain has. */
  @Param({"1", "2", "3", "4"})
  public int links = 1;

  private static Presentation shownBy(Ed25519.KeyPair holder) {
    return new Presentation(
        Did.ofKey(holder.publicKey()).text(), new Need.Call("notes", "read"), Samples.NOW);
  }

  /** Grants to one agent, who passes it on to another, and so on. */
  @Setup(Level.Trial)
  public void grant() {
    Ed25519.KeyPair holder = Ed25519.generate(randomness);
    UnverifiedCapability chain =
        RootGrant.of(
                Did.ofKey(holder.publicKey()),
                AUDIENCE,
                List.of(Scope.ofTool("notes")),
                Samples.NOW.plus(Duration.ofHours(1)))
            .withDelegationDepth(links - 1)
            .signedBy(issuer, ids.next(Samples.NOW), Samples.NOW);
    for (int i = 1; i < links; i++) {
      Ed25519.KeyPair next = Ed25519.generate(randomness);
      chain =
          Attenuation.of(chain, Did.ofKey(next.publicKey()))
              .signedBy(holder, ids.next(Samples.NOW), Samples.NOW);
      holder = next;
    }
    header = chain.header();
    shown = shownBy(holder);
  }

  /** Reads and verifies. */
  @Benchmark
  public CapabilityVerifier.Verdict verifyCold() {
    CapabilityVerifier.Verdict verdict = verifier.verify(UnverifiedCapability.parse(header), shown);
    Outcome.held(verdict instanceof CapabilityVerifier.Verified);
    return verdict;
  }

  /** Reads only. */
  @Benchmark
  public UnverifiedCapability parse() {
    return UnverifiedCapability.parse(header);
  }
}
