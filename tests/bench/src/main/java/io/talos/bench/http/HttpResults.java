package io.talos.bench.http;

import java.util.List;
import java.util.Optional;

/**
 * What the stack showed.
 *
 * @param loads every load
 * @param stages what the stages took inside the server
 */
public record HttpResults(List<LoadResult> loads, List<StageTimes.Row> stages) {
  /** Nothing was measured. */
  public static final HttpResults NONE = new HttpResults(List.of(), List.of());

  /** Copies. */
  public HttpResults {
    loads = List.copyOf(loads);
    stages = List.copyOf(stages);
  }

  /** The load of this name on one connection. */
  public Optional<LoadResult> alone(String name) {
    return loads.stream().filter(l -> l.connections() == 1 && l.name().equals(name)).findFirst();
  }

  /** The stages of one workload. */
  public List<StageTimes.Row> of(String workload) {
    return stages.stream().filter(row -> row.workload().equals(workload)).toList();
  }

  /** The floor of a read, and the read. */
  public static List<String> read() {
    return List.of(Workloads.BARE, Workloads.SIGNED);
  }

  /** The floor of a forwarded call, and the call. */
  public static List<String> call() {
    return List.of(Workloads.BARE_FORWARD, Workloads.TOOL);
  }
}
