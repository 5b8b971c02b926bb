package io.talos.contracts.did;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.Json;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which key speaks for an agent, proved by the agent itself from its DID on: every statement is
 * signed by the key before it or by a recovery key that was promised before it, and names the hash
 * of the statement before. Nobody has to be trusted; a server can only keep the newest statements
 * back.
 *
 * <p>A key that spoke once never speaks again. A rotation does not touch the promise of a recovery
 * key, so that whoever stole the current key cannot take the recovery away. At most {@value
 * Limits#STATEMENTS_MAX} statements; the last {@value Limits#STATEMENTS_RESERVED} of them are not
 * for rotations, so that recovering and revoking stay possible.
 *
 * <p>Immutable. Source: docs/reference/key-history.md.
 */
public final class KeyHistory {

  private final Did did;
  private final List<KeyStatement> statements;
  private final Bytes currentKey;
  private final Optional<Bytes> recovery;

  private KeyHistory(
      Did did, List<KeyStatement> statements, Bytes currentKey, Optional<Bytes> recovery) {
    this.did = did;
    this.statements = List.copyOf(statements);
    this.currentKey = currentKey;
    this.recovery = recovery;
  }

  /** The history of an agent of which nothing more is known: its DID is its key. */
  public static KeyHistory of(Did did) {
    return new KeyHistory(did, List.of(), did.publicKey(), Optional.empty());
  }

  /**
   * Verifies a whole history.
   *
   * @throws TalosException {@link ErrorCode#KEY_STATEMENT_INVALID} or {@link
   *     ErrorCode#KEY_HISTORY_CONFLICT} when a statement is not good or out of place
   */
  public static KeyHistory verify(Did did, List<KeyStatement> statements) {
    Check.atMost(statements.size(), Limits.STATEMENTS_MAX, "the number of statements");
    KeyHistory history = of(did);
    for (KeyStatement statement : statements) {
      history = history.with(statement);
    }
    return history;
  }

  /** Verifies the statements of a JSON array; see {@link #verify}. */
  public static KeyHistory fromJson(Did did, JsonArray array) {
    if (array.size() > Limits.STATEMENTS_MAX) {
      throw new TalosException(ErrorCode.KEY_STATEMENT_INVALID, "too many statements");
    }
    List<KeyStatement> statements = new ArrayList<>();
    array.forEach(
        item -> {
          if (!(item instanceof JsonObject statement)) {
            throw new TalosException(ErrorCode.KEY_STATEMENT_INVALID, "a statement is an object");
          }
          statements.add(KeyStatement.fromJson(statement));
        });
    return verify(did, statements);
  }

  /** The statements as a JSON array. */
  public JsonArray toJson() {
    JsonArrayBuilder array = Json.createArrayBuilder();
    statements.forEach(statement -> array.add(statement.toJson()));
    return array.build();
  }

  /** What a recovery key is promised by: SHA-256 of its 32 bytes. */
  public static Bytes promise(Bytes recoveryKey) {
    return Sha256.of(Ed25519.requirePublicKey(recoveryKey));
  }

  /** Whose history it is. */
  public Did did() {
    return did;
  }

  /** The statements, oldest first. */
  public List<KeyStatement> statements() {
    return statements;
  }

  /** The Ed25519 key that speaks for the agent, or that did when it was revoked. */
  public Bytes currentKey() {
    return currentKey;
  }

  /** Every key that speaks or spoke for the agent, the newest first. */
  public List<Bytes> keys() {
    List<Bytes> keys = new ArrayList<>(List.of(did.publicKey()));
    statements.forEach(statement -> statement.key().ifPresent(key -> keys.add(0, key)));
    return List.copyOf(keys);
  }

  /** Whether {@code earlier} is the beginning of this history. */
  public boolean continues(KeyHistory earlier) {
    int size = earlier.statements.size();
    return did.equals(earlier.did)
        && statements.size() >= size
        && statements.subList(0, size).equals(earlier.statements);
  }

  /** The DID URL of {@link #currentKey}: what a signature's {@code keyid} says. */
  public KeyUrl keyUrl() {
    return new KeyUrl(did, currentKey);
  }

  /** SHA-256 of the promised recovery key. */
  public Optional<Bytes> recovery() {
    return recovery;
  }

  /** Whether nobody speaks for the agent any more. */
  public boolean isRevoked() {
    return last().map(KeyStatement::type).filter(KeyStatement.Type.REVOKE::equals).isPresent();
  }

  /** The newest statement. */
  public Optional<KeyStatement> last() {
    return statements.isEmpty()
        ? Optional.empty()
        : Optional.of(statements.get(statements.size() - 1));
  }

  /**
   * Whether {@code key} spoke for the agent at {@code when}, give or take {@code slack}: the times
   * of statements are their signers' own.
   */
  public boolean spoke(Bytes key, Instant when, Duration slack) {
    Bytes speaking = did.publicKey();
    Instant since = Instant.MIN;
    for (KeyStatement statement : statements) {
      boolean ends = statement.key().isPresent() || statement.type() == KeyStatement.Type.REVOKE;
      if (ends) {
        if (speaking.equals(key)) {
          return !when.isAfter(statement.createdAt().plus(slack)) && isSince(when, since, slack);
        }
        speaking = statement.key().orElse(Bytes.empty());
        since = statement.createdAt();
      }
    }
    return speaking.equals(key) && isSince(when, since, slack);
  }

  private static boolean isSince(Instant when, Instant since, Duration slack) {
    return since.equals(Instant.MIN) || !when.isBefore(since.minus(slack));
  }

  /**
   * The history with {@code next} at its end.
   *
   * @throws TalosException with the code of {@link #refusal}
   */
  public KeyHistory with(KeyStatement next) {
    Optional<ErrorCode> refusal = refusal(next);
    if (refusal.isPresent()) {
      throw new TalosException(refusal.get(), "not the next statement of this history");
    }
    List<KeyStatement> more = new ArrayList<>(statements);
    more.add(next);
    // A promise is spent when its key is shown, and kept by everything else.
    Optional<Bytes> promised =
        next.type() == KeyStatement.Type.INCEPTION || next.recoveryKey().isPresent()
            ? next.recovery()
            : recovery;
    return new KeyHistory(did, more, next.key().orElse(currentKey), promised);
  }

  /**
   * Why {@code next} cannot follow; empty when it can: {@link ErrorCode#KEY_HISTORY_CONFLICT} when
   * it does not follow the last statement, {@link ErrorCode#KEY_STATEMENT_INVALID} when it is not
   * signed by who may sign it or brings a key that may not be.
   */
  public Optional<ErrorCode> refusal(KeyStatement next) {
    if (!follows(next)) {
      return Optional.of(ErrorCode.KEY_HISTORY_CONFLICT);
    }
    boolean good = isTimely(next) && isAuthorised(next) && bringsGoodKey(next);
    return good ? Optional.empty() : Optional.of(ErrorCode.KEY_STATEMENT_INVALID);
  }

  private boolean follows(KeyStatement next) {
    int most = Limits.STATEMENTS_MAX;
    if (next.type() == KeyStatement.Type.ROTATE) {
      most -= Limits.STATEMENTS_RESERVED;
    }
    return next.did().equals(did)
        && !isRevoked()
        && statements.size() < most
        && next.sequence() == statements.size()
        && next.previous().equals(last().map(KeyStatement::hash));
  }

  private boolean isTimely(KeyStatement next) {
    return last().map(before -> !next.createdAt().isBefore(before.createdAt())).orElse(true);
  }

  private boolean isAuthorised(KeyStatement next) {
    if (next.recoveryKey().isEmpty()) {
      return Ed25519.verify(currentKey, next.signedBytes(), next.signature());
    }
    Bytes shown = next.recoveryKey().get();
    return recovery.filter(promise(shown)::equals).isPresent()
        && Ed25519.verify(shown, next.signedBytes(), next.signature());
  }

  private boolean bringsGoodKey(KeyStatement next) {
    Optional<Bytes> key = next.key();
    if (key.isEmpty()) {
      return true;
    }
    Set<Bytes> used = used();
    next.recoveryKey().ifPresent(used::add);
    return !used.contains(key.get())
        && recovery.filter(promise(key.get())::equals).isEmpty()
        && next.recovery().filter(promise(key.get())::equals).isEmpty()
        && Ed25519.verify(key.get(), next.provedBytes(), next.keyProof().orElseThrow());
  }

  private Set<Bytes> used() {
    Set<Bytes> used = new HashSet<>();
    used.add(did.publicKey());
    for (KeyStatement statement : statements) {
      statement.key().ifPresent(used::add);
      statement.recoveryKey().ifPresent(used::add);
    }
    return used;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyHistory history
        && did.equals(history.did)
        && statements.equals(history.statements);
  }

  @Override
  public int hashCode() {
    return Objects.hash(did, statements);
  }

  /** The first statement, signed by the DID's own key. */
  public KeyStatement begin(Ed25519.KeyPair own, Optional<Bytes> recoveryKey, Instant now) {
    return signed(
        KeyStatement.Type.INCEPTION,
        own,
        Optional.empty(),
        Optional.empty(),
        recoveryKey.map(KeyHistory::promise),
        now);
  }

  /** A rotation from {@code current} to {@code next}. */
  public KeyStatement rotate(Ed25519.KeyPair current, Ed25519.KeyPair next, Instant now) {
    return signed(
        KeyStatement.Type.ROTATE,
        current,
        Optional.empty(),
        Optional.of(next),
        Optional.empty(),
        now);
  }

  /**
   * A recovery with the promised key {@code recoveryPair}.
   *
   * @param nextRecoveryKey public half of the recovery key that is promised from then on
   */
  public KeyStatement recover(
      Ed25519.KeyPair recoveryPair,
      Ed25519.KeyPair next,
      Optional<Bytes> nextRecoveryKey,
      Instant now) {
    return signed(
        KeyStatement.Type.RECOVER,
        recoveryPair,
        Optional.of(recoveryPair.publicKey()),
        Optional.of(next),
        nextRecoveryKey.map(KeyHistory::promise),
        now);
  }

  /** The end of the history, by the current key or by the promised recovery key. */
  public KeyStatement revoke(Ed25519.KeyPair signer, Instant now) {
    Optional<Bytes> shown =
        signer.publicKey().equals(currentKey) ? Optional.empty() : Optional.of(signer.publicKey());
    return signed(KeyStatement.Type.REVOKE, signer, shown, Optional.empty(), Optional.empty(), now);
  }

  private KeyStatement signed(
      KeyStatement.Type type,
      Ed25519.KeyPair signer,
      Optional<Bytes> recoveryKey,
      Optional<Ed25519.KeyPair> next,
      Optional<Bytes> promise,
      Instant now) {
    Bytes none = Bytes.of(new byte[Ed25519.SIGNATURE_SIZE]);
    KeyStatement statement =
        new KeyStatement(
                did,
                type,
                statements.size(),
                last().map(KeyStatement::hash),
                next.map(Ed25519.KeyPair::publicKey),
                promise,
                recoveryKey,
                WireTime.cut(now),
                next.map(pair -> none),
                none)
            .signedBy(signer, next);
    Check.that(refusal(statement).isEmpty(), "what was signed is the next statement");
    return statement;
  }
}
