package io.talos.bench.micro;

import io.talos.contracts.Bytes;
import io.talos.contracts.capability.CapabilityVerifier;
import io.talos.contracts.capability.Need;
import io.talos.contracts.capability.Presentation;
import io.talos.contracts.capability.RootGrant;
import io.talos.contracts.capability.Scope;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7Generator;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.State;

/** What it costs to say no to a capability of one link that was read already. */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
public class CapabilityRefusalBenchmark {
  private static final String HERE = "http://127.0.0.1:9080";
  private static final Pattern SIGNATURE = Pattern.compile("\"signature\":\"[^\"]+\"");
  private static final Duration LIFE = Duration.ofHours(1);

  private final Randomness randomness = Randomness.secure();
  private final Ed25519.KeyPair issuer = Ed25519.generate(randomness);
  private final Ed25519.KeyPair holder = Ed25519.generate(randomness);
  private final Set<Did> trusted = Set.of(Did.ofKey(issuer.publicKey()));
  private final CapabilityVerifier here = new CapabilityVerifier(trusted, HERE);
  private final CapabilityVerifier elsewhere =
      new CapabilityVerifier(trusted, "http://127.0.0.1:9081");
  private final UnverifiedCapability good = grant(issuer);
  private final UnverifiedCapability forged = forged();

  /** Why it is refused. */
  @Param public Reason reason = Reason.WRONG_TOOL;

  /** Why. */
  public enum Reason {
    /** It grants another tool. */
    WRONG_TOOL(ErrorCode.CAPABILITY_SCOPE_MISMATCH),
    /** It has expired. */
    EXPIRED(ErrorCode.CAPABILITY_EXPIRED),
    /** It is for another server. */
    WRONG_AUDIENCE(ErrorCode.CAPABILITY_AUDIENCE_MISMATCH),
    /** Somebody else shows it. */
    WRONG_SUBJECT(ErrorCode.CAPABILITY_SUBJECT_MISMATCH),
    /** Somebody else signed it in the issuer's name. */
    FORGED(ErrorCode.CAPABILITY_SIGNATURE_INVALID);

    private final ErrorCode code;

    Reason(ErrorCode code) {
      this.code = code;
    }
  }

  private UnverifiedCapability grant(Ed25519.KeyPair signer) {
    return RootGrant.of(
            Did.ofKey(holder.publicKey()),
            HERE,
            List.of(Scope.ofTool("notes")),
            Samples.NOW.plus(LIFE))
        .signedBy(signer, new UuidV7Generator(randomness).next(Samples.NOW), Samples.NOW);
  }

  /** The good one with the signature of another grant of the same issuer. */
  private UnverifiedCapability forged() {
    String text = Base64Url.decode(good.header()).utf8();
    String other = Base64Url.decode(grant(issuer).header()).utf8();
    return UnverifiedCapability.parse(
        Base64Url.encode(Bytes.utf8(text.replace(signature(text), signature(other)))));
  }

  private static String signature(String chain) {
    Matcher matcher = SIGNATURE.matcher(chain);
    Outcome.held(matcher.find());
    return matcher.group();
  }

  private Presentation shown(Ed25519.KeyPair by, String tool, boolean late) {
    return new Presentation(
        Did.ofKey(by.publicKey()).text(),
        new Need.Call(tool, "read"),
        late ? Samples.NOW.plus(LIFE) : Samples.NOW);
  }

  private final Presentation rightly = shown(holder, "notes", false);
  private final Presentation late = shown(holder, "notes", true);
  private final Presentation forAnotherTool = shown(holder, "ledger", false);
  private final Presentation byAnother = shown(issuer, "notes", false);

  /** Refuses. */
  @Benchmark
  public CapabilityVerifier.Verdict refuse() {
    CapabilityVerifier.Verdict verdict =
        switch (reason) {
          case WRONG_TOOL -> here.verify(good, forAnotherTool);
          case EXPIRED -> here.verify(good, late);
          case WRONG_AUDIENCE -> elsewhere.verify(good, rightly);
          case WRONG_SUBJECT -> here.verify(good, byAnother);
          case FORGED -> here.verify(forged, rightly);
        };
    Outcome.held(
        verdict instanceof CapabilityVerifier.Refused refused && refused.code() == reason.code);
    return verdict;
  }
}
