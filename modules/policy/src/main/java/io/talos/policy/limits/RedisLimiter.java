package io.talos.policy.limits;

import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.port.AccessControl.Allowance;
import io.talos.contracts.port.AccessControl.CapabilityGrant;
import io.talos.contracts.port.Traffic;
import io.talos.contracts.port.Traffic.Answer;
import io.talos.contracts.port.Traffic.AnsweredBefore;
import io.talos.contracts.port.Traffic.Claim;
import io.talos.contracts.port.Traffic.Passed;
import io.talos.contracts.port.Traffic.Stopped;
import io.talos.contracts.port.Traffic.Verdict;
import io.talos.contracts.registry.Surface;
import io.talos.contracts.registry.Surface.Rate;
import io.talos.runtime.redis.Redis;
import io.talos.runtime.redis.RedisScript;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The limits as Redis keeps them, one script for each step. Thread safe.
 *
 * <p>What is used of an allowance (calls or money of a link) is kept in two places. Redis holds
 * what is used for good, learned from the journal in Postgres, and the pending requests with their
 * amounts and the time at which each gives up; a reservation passes while all together lie within
 * the limit. The journal takes the last decision: the admission's own transaction raises the
 * allowance's row only within the limit. So Redis may lose everything, or a node may die at any
 * step, and never more than the limit is admitted; what a dead node had reserved comes back when it
 * gives up. After a loss an allowance stays closed until it is learned again.
 */
public final class RedisLimiter {
  private static final RedisScript TAKE = script("bucket.lua", "take.lua");
  private static final RedisScript RESERVE = script("bucket.lua", "allowance.lua", "reserve.lua");
  private static final RedisScript LEARN = script("allowance.lua", "learn.lua");
  private static final RedisScript RELEASE =
      RedisScript.resource(RedisLimiter.class, "release.lua");
  private static final RedisScript REMEMBER =
      RedisScript.resource(RedisLimiter.class, "remember.lua");
  private static final RedisScript EPOCH = RedisScript.resource(RedisLimiter.class, "epoch.lua");

  /** On which channel a new revocation is told. */
  public static final String REVOCATIONS_CHANNEL = "talos:policy:revocations";

  private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[!-~]+");

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Redis redis;
  private final RedisNames names;
  private final SealedAnswers answers;

  /** A limiter that hides names and answers under {@code keys}. */
  public RedisLimiter(Redis redis, Supplier<TrafficKeys> keys, Randomness randomness) {
    this.redis = redis;
    this.names = new RedisNames(keys);
    this.answers = new SealedAnswers(keys, randomness);
  }

  private static RedisScript script(String... parts) {
    return RedisScript.of(
        Stream.of(parts)
            .map(part -> RedisScript.resource(RedisLimiter.class, part).text())
            .collect(Collectors.joining("\n")));
  }

  /** How an attempt to reserve ended. */
  public sealed interface Attempt permits Decided, Behind, CountUnknown {
    /** Answers by the kind of end. */
    default <R> R match(
        Function<Decided, R> decided,
        Function<Behind, R> behind,
        Function<CountUnknown, R> countUnknown) {
      if (this instanceof Decided done) {
        return decided.apply(done);
      }
      if (this instanceof Behind late) {
        return behind.apply(late);
      }
      return countUnknown.apply((CountUnknown) this);
    }
  }

  /** There is a verdict. */
  public record Decided(Verdict verdict) implements Attempt {}

  /**
   * This node and Redis disagree about the newest revocation; nothing was taken.
   *
   * @param epoch what Redis holds, or the empty text
   */
  public record Behind(String epoch) implements Attempt {}

  /** What is used of an allowance is not in Redis; nothing was taken. */
  public record CountUnknown() implements Attempt {}

  /** Takes one token from an address' bucket. */
  public Verdict takeByAddress(String clientAddress, Rate rate, Instant now) {
    return take(names.address(clientAddress), now, rate.perSecond(), rate.burst(), SECOND);
  }

  /**
   * Takes one of the requests that an address has in an hour on a surface where nobody has to be
   * known.
   */
  public Verdict takeByNewcomer(String clientAddress, Surface surface, int perHour, Instant now) {
    return take(names.newcomers(clientAddress, surface), now, perHour, perHour, HOUR);
  }

  private Verdict take(String bucket, Instant now, long rate, long burst, Duration period) {
    Object wait =
        redis.eval(
            TAKE,
            List.of(bucket),
            List.of(millis(now), text(rate), text(burst), text(period.toMillis())));
    return (Long) wait == 0 ? new Passed() : limited((Long) wait);
  }

  /**
   * Tries to reserve.
   *
   * @param epoch the newest revocation that this node has read
   */
  public Attempt reserve(Claim claim, long epoch) {
    if (claim.idempotencyKey().isPresent() && !isKey(claim.idempotencyKey().get())) {
      return new Decided(new Stopped(ErrorCode.IDEMPOTENCY_KEY_INVALID, Optional.empty()));
    }
    List<String> keys = new ArrayList<>();
    keys.add(names.bucket(claim));
    keys.add(names.reservation(claim.requestId()));
    keys.add(names.idempotency(claim));
    keys.add(RedisNames.EPOCH);
    List<String> arguments = new ArrayList<>();
    arguments.add(claim.requestId().text());
    arguments.add(millis(claim.now()));
    arguments.add(text(claim.surface().rate().perSecond()));
    arguments.add(text(claim.surface().rate().burst()));
    arguments.add(claim.grant().isPresent() ? text(epoch) : "");
    arguments.add(claim.idempotencyKey().isPresent() ? claim.requestDigest().hex() : "");
    arguments.add(text(Traffic.RESERVATION_LIFETIME.toMillis()));
    arguments.add(text(Limits.RUNNING_MAX.toMillis()));
    arguments.add(text(Limits.COUNT_LIFETIME.toMillis()));
    for (Allowance allowance : allowances(claim)) {
      keys.add(names.used(allowance));
      keys.add(names.pending(allowance));
      arguments.add(text(allowance.limit()));
      arguments.add(text(allowance.amount()));
    }
    return read(claim, (List<?>) redis.eval(RESERVE, keys, arguments));
  }

  private static boolean isKey(String key) {
    return key.length() <= Limits.IDEMPOTENCY_KEY_CHARACTERS_MAX
        && IDEMPOTENCY_KEY.matcher(key).matches();
  }

  private Attempt read(Claim claim, List<?> answer) {
    String word = (String) answer.get(0);
    return switch (word) {
      case "PASSED" -> new Decided(new Passed());
      case "BEHIND" -> new Behind((String) answer.get(1));
      case "COUNT_UNKNOWN" -> new CountUnknown();
      case "RATE" -> new Decided(limited((Long) answer.get(1)));
      case "ANSWER" -> new Decided(new AnsweredBefore(kept(claim, answer)));
      case "OTHER_REQUEST" -> stopped(ErrorCode.IDEMPOTENCY_KEY_REUSE_CONFLICT);
      case "RUNNING" -> stopped(ErrorCode.IDEMPOTENCY_IN_PROGRESS);
      case "EXHAUSTED" -> stopped(ErrorCode.CAPABILITY_EXHAUSTED);
      default -> throw new IllegalStateException("the script answers " + word);
    };
  }

  private Answer kept(Claim claim, List<?> answer) {
    return answers.open(
        names.idempotency(claim),
        Integer.parseInt((String) answer.get(1)),
        (String) answer.get(2),
        (String) answer.get(3));
  }

  private static Decided stopped(ErrorCode code) {
    return new Decided(
        new Stopped(
            code, code.retryable() ? Optional.of(Duration.ofSeconds(1)) : Optional.empty()));
  }

  private static Stopped limited(long waitMillis) {
    return new Stopped(ErrorCode.RATE_LIMITED, Optional.of(Duration.ofMillis(waitMillis)));
  }

  private static List<Allowance> allowances(Claim claim) {
    return claim.grant().map(CapabilityGrant::allowances).orElse(List.of());
  }

  /** Learns what is used of every allowance of {@code claim} from the journal. */
  public void learn(Claim claim, AllowanceJournal journal) {
    tell(
        "",
        allowances(claim).stream()
            .map(a -> new Used(a, journal.used(a.kind(), a.link())))
            .toList());
  }

  /** Turns what {@code requestId} reserved into what is used, after the journal committed. */
  public void confirm(UuidV7 requestId, List<Used> used) {
    tell(requestId.text(), used);
  }

  private void tell(String requestId, List<Used> used) {
    List<String> keys = new ArrayList<>();
    List<String> arguments =
        new ArrayList<>(List.of(requestId, text(Limits.COUNT_LIFETIME.toMillis())));
    for (Used each : used) {
      keys.add(names.used(each.allowance()));
      keys.add(names.pending(each.allowance()));
      arguments.add(text(each.total()));
      arguments.add(text(each.allowance().amount()));
    }
    redis.eval(LEARN, keys, arguments);
  }

  /** Gives back what {@code requestId} reserved. */
  public void release(UuidV7 requestId) {
    redis.eval(RELEASE, List.of(names.reservation(requestId)), List.of(requestId.text()));
  }

  /**
   * Keeps {@code answer}. One that is larger than {@link Limits#ANSWER_BYTES_MAX} is not kept, but
   * its key stays taken: the request must not run twice.
   */
  public void remember(Claim claim, Answer answer) {
    if (claim.idempotencyKey().isEmpty()) {
      return;
    }
    String record = names.idempotency(claim);
    boolean fits = answer.body().size() <= Limits.ANSWER_BYTES_MAX;
    redis.eval(
        REMEMBER,
        List.of(record),
        List.of(
            claim.requestDigest().hex(),
            claim.requestId().text(),
            fits ? "done" : "kept-nothing",
            text(answer.status()),
            answer.contentType(),
            fits ? answers.seal(record, answer) : "",
            text(Limits.ANSWER_LIFETIME.toMillis())));
  }

  /**
   * Brings Redis to the database's epoch, and tells every node that listens.
   *
   * @param seen what Redis held before the database was read, when that is known
   */
  public void raiseEpoch(long database, Optional<String> seen) {
    redis.eval(
        EPOCH,
        List.of(RedisNames.EPOCH),
        List.of(text(database), seen.orElse(""), REVOCATIONS_CHANNEL));
  }

  private static String millis(Instant now) {
    return text(now.toEpochMilli());
  }

  private static String text(long number) {
    return Long.toString(number);
  }
}
