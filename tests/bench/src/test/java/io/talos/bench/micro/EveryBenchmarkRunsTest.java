package io.talos.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.bench.page.MicroRow;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** A benchmark that does not run is found here, not on the day somebody needs its number. */
class EveryBenchmarkRunsTest {
  private static final int SINGLE_OPERATIONS = 47;

  @Test
  void every_benchmark_and_every_peer_runs_once_with_each_of_its_parameters()
      throws RunnerException {
    var once =
        new OptionsBuilder()
            .include(EveryBenchmarkRunsTest.class.getPackageName())
            .mode(Mode.SingleShotTime)
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .addProfiler(GCProfiler.class)
            .addProfiler(ProcessCpu.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();

    Collection<RunResult> results = new Runner(once).run();

    List<MicroRow> rows = MicroBenchmarks.rows(results);
    assertThat(rows).hasSizeGreaterThanOrEqualTo(SINGLE_OPERATIONS);
    assertThat(rows)
        .extracting(MicroRow::name)
        .doesNotHaveDuplicates()
        .contains(
            "Capability.verifyCold (links=3)",
            "Biscuit.verifyAndAuthorize (links=3)",
            "Cedar.authorize (cached=true)",
            "Decision.warm (ask=GRANTED, links=1)",
            "CapabilityRefusal.refuse (reason=FORGED)");
  }
}
