package io.talos.bench.inside;

import io.talos.audit.tree.LogName;
import io.talos.audit.tree.LogRows;
import io.talos.audit.tree.Published;
import io.talos.audit.tree.RightEdge;
import io.talos.audit.tree.SigningKeys;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.log.Checkpoint;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.management.JMException;

/** Starts the loads; answers are lines of numbers. */
@Path("/")
@Dependent
@Produces(MediaType.TEXT_PLAIN)
public class InsideResource {
  private final ActLoad actLoad;
  private final ProofLoad proofLoad;
  private final LogRows rows;
  private final SigningKeys keys;
  private final InstantSource clock;

  /** Delegates. */
  @Inject
  public InsideResource(
      ActLoad actLoad, ProofLoad proofLoad, LogRows rows, SigningKeys keys, InstantSource clock) {
    this.actLoad = actLoad;
    this.proofLoad = proofLoad;
    this.rows = rows;
    this.keys = keys;
    this.clock = clock;
  }

  /** Nanoseconds from act to published checkpoint. */
  @POST
  @Path("acts")
  public String acts(
      @QueryParam("run") String run,
      @QueryParam("threads") int threads,
      @QueryParam("per-second") int perSecond,
      @QueryParam("count") int count)
      throws InterruptedException, ExecutionException, SQLException {
    return line(actLoad.run(run, threads, perSecond, count));
  }

  /**
   * Nanoseconds of proofs at random places; then of as many, each of one of the first {@code again}
   * places; then the bytes of the largest bundle.
   *
   * @param perSecond as {@link ProofLoad#prove} takes it
   */
  @POST
  @Path("proofs")
  public String proofs(
      @QueryParam("threads") int threads,
      @QueryParam("per-second") int perSecond,
      @QueryParam("count") int count,
      @QueryParam("again") int again,
      @QueryParam("seed") long seed)
      throws InterruptedException, ExecutionException, SQLException {
    List<UuidV7> events = proofLoad.events(count, seed);
    List<UuidV7> known = events.subList(0, again);
    LongAccumulator largest = new LongAccumulator(Math::max, 0);
    String cold = line(proofLoad.prove(events, threads, perSecond, largest));
    proofLoad.prove(known, threads, 0, largest);
    List<UuidV7> asked = IntStream.range(0, count).mapToObj(i -> known.get(i % again)).toList();
    String warm = line(proofLoad.prove(asked, threads, perSecond, largest));
    return cold + warm + largest.get() + "\n";
  }

  /** Signs a checkpoint over what the bench wrote into the tables; its size. */
  @POST
  @Path("checkpoint")
  @Transactional
  public String checkpoint() {
    LogName log = rows.current().orElseThrow();
    RightEdge edge = RightEdge.read(rows.entries(log), rows.tiles(log));
    Checkpoint checkpoint = new Checkpoint(log.origin(), edge.size(), edge.root());
    Instant now = clock.instant();
    rows.sign(log, new Published(checkpoint, keys.sign(log, checkpoint.text())), now);
    rows.publish(log, edge.size(), now);
    return edge.size() + "\n";
  }

  /** Nanoseconds of a recheck of everything. */
  @POST
  @Path("recheck")
  public String recheck() throws JMException {
    return RecheckRun.nanos() + "\n";
  }

  private static String line(long[] numbers) {
    return Arrays.stream(numbers)
        .mapToObj(Long::toString)
        .collect(Collectors.joining(" ", "", "\n"));
  }
}
