package io.talos.bench.micro;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.http.RequestSigner;
import io.talos.contracts.http.SignatureVerification;
import io.talos.contracts.port.UnverifiedRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A signed POST with a body of about 2 KiB. Proof of possession only: no registered agent is looked
 * up and no nonce is remembered.
 */
@State(Scope.Benchmark)
public class RequestSignatureBenchmark {
  private static final String METHOD = "POST";
  private static final String TARGET =
      "http://127.0.0.1:9080/a2a/sessions/019380c0-5a00-7000-8000-000000000001/frames";

  private final Bytes body = Bytes.utf8(Samples.frame().toJson().toString());
  private final RequestSigner signer =
      new RequestSigner(
          Ed25519.generate(Randomness.secure()),
          InstantSource.fixed(Samples.NOW),
          Randomness.secure());
  private final SignatureVerification verification = new SignatureVerification(Duration.ZERO);
  private final UnverifiedRequest request = request(signed());

  private UnverifiedRequest request(Map<String, String> headers) {
    Map<String, List<String>> lines =
        headers.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
    return new UnverifiedRequest(
        "identity.whoami", METHOD, TARGET, lines, Optional.of(body), "127.0.0.1", Optional.empty());
  }

  /** Signs, as an agent does. */
  @Benchmark
  public Map<String, String> sign() {
    return signed();
  }

  private Map<String, String> signed() {
    return signer.sign(METHOD, TARGET, Optional.empty(), Optional.of(body));
  }

  /** Verifies, as the server does. */
  @Benchmark
  public SignatureVerification.Result verify() {
    SignatureVerification.Result result = verification.verify(request, Samples.NOW);
    Outcome.held(result instanceof SignatureVerification.Verified);
    return result;
  }
}
