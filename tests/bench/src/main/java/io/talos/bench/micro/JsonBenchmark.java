package io.talos.bench.micro;

import io.talos.contracts.Bytes;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonObject;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A typical body: a signed frame that carries 1 KiB. */
@State(Scope.Benchmark)
public class JsonBenchmark {
  private final Bytes text = Bytes.utf8(Samples.frame().toJson().toString());
  private final JsonObject object = StrictJson.parseObject(text, Limits.REQUEST);

  /** Reads as strictly as the server does. */
  @Benchmark
  public JsonObject parseStrictly() {
    return StrictJson.parseObject(text, Limits.REQUEST);
  }

  /** Writes the one text that is hashed and signed. */
  @Benchmark
  public Bytes canonical() {
    return CanonicalJson.encode(object);
  }
}
