package io.talos.audit.evm;

import io.talos.audit.anchors.AnchorSettings;
import io.talos.audit.anchors.Evidence;
import io.talos.audit.anchors.Lane;
import io.talos.audit.anchors.Limits;
import io.talos.audit.anchors.Progress;
import io.talos.audit.anchors.Task;
import io.talos.audit.anchors.Web;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.anchor.Anchor;
import io.talos.contracts.log.anchor.AnchorKind;
import io.talos.contracts.log.anchor.EvmTransaction;
import io.talos.contracts.log.anchor.SignedEvmTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Has a checkpoint's digest written on a chain, and waits until it lies deep enough.
 *
 * <p>Each step looks at the chain anew and believes nothing of the last step, so a transaction that
 * a reorganisation throws out of its block is simply waiting again: the same bytes are sent once
 * more. A nonce that another transaction took, or that has a hole before it after the chain was set
 * back, is replaced. A checkpoint may so be written twice in the worst case; its evidence is
 * recorded once.
 *
 * <p>Source: EIP-1559; the Ethereum execution API.
 *
 * <p>Refuses with: {@link ErrorCode#ANCHOR_ANSWER_INVALID}, {@link ErrorCode#ANCHOR_FEE_TOO_HIGH}
 * and what {@link Web} refuses with.
 */
public final class EvmLane implements Lane {
  private static final long GAS_TO_SELF = 40_000;
  private static final long GAS_TO_CONTRACT = 120_000;
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final AnchorSettings.Evm settings;
  private final Chain chain;
  private final EvmAccount account;
  private final EvmJournal journal;

  /** A lane that {@code account} pays for. */
  public EvmLane(AnchorSettings.Evm settings, Web web, EvmAccount account, EvmJournal journal) {
    this.settings = settings;
    this.chain = new Chain(new JsonRpc(settings.url(), web));
    this.account = account;
    this.journal = journal;
  }

  @Override
  public AnchorKind kind() {
    return AnchorKind.EVM;
  }

  @Override
  public Progress advance(Task task, Instant now) {
    if (chain.chainId() != settings.chainId()) {
      throw new TalosException(ErrorCode.ANCHOR_ANSWER_INVALID, "the node is of another chain");
    }
    // Before the receipts: a nonce that was taken by then, with no receipt after, is lost.
    long mined = chain.minedCount(account.address());
    List<Attempt> attempts = journal.attempts(task);
    for (int i = attempts.size() - 1; i >= 0; i--) {
      Attempt attempt = attempts.get(i);
      Optional<Chain.Receipt> receipt = chain.receipt(attempt.transaction().hash());
      if (receipt.isPresent() && receipt.get().succeeded()) {
        return inBlock(attempt, receipt.get(), now);
      }
    }
    if (attempts.isEmpty()) {
      return first(task, mined, now);
    }
    return again(task, attempts.get(attempts.size() - 1), mined, now);
  }

  /** Deep enough, or not yet; the chain must still have that block at that height. */
  private Progress inBlock(Attempt attempt, Chain.Receipt receipt, Instant now) {
    Chain.Head head = chain.head();
    long depth = head.number() - receipt.blockNumber() + 1;
    boolean there =
        chain
            .at(receipt.blockNumber())
            .filter(block -> block.hash().equals(receipt.blockHash()))
            .isPresent();
    if (!there || depth < settings.confirmations()) {
      return Progress.waiting(LOOK_AGAIN);
    }
    Anchor anchor =
        Anchor.evm(attempt.transaction(), receipt.blockNumber(), receipt.blockHash(), now);
    return Progress.done(List.of(new Evidence(Long.toString(settings.chainId()), anchor)));
  }

  private Progress first(Task task, long mined, Instant now) {
    List<Long> open = journal.openNonces();
    if (open.size() >= Limits.EVM_IN_FLIGHT_MAX) {
      return Progress.waiting(LOOK_AGAIN);
    }
    return send(task, 0, free(open, mined), fees(), now);
  }

  private Progress again(Task task, Attempt newest, long mined, Instant now) {
    int next = newest.number() + 1;
    List<Long> open = journal.openNonces();
    boolean more = next < Limits.EVM_ATTEMPTS_MAX;
    long free = free(open, mined);
    // Taken by another transaction, or behind a hole that nothing of ours will fill.
    if (more && (newest.nonce() < mined || newest.nonce() > free)) {
      return send(task, next, free, fees(), now);
    }
    boolean waited = !newest.sentAt().plus(settings.bumpAfter()).isAfter(now);
    if (more && waited && newest.nonce() == mined) {
      Fees above = fees().above(newest.transaction().transaction(), settings.feeMaxGwei());
      return send(task, next, newest.nonce(), above, now);
    }
    return offer(newest.transaction());
  }

  /** The first nonce that neither the chain nor a waiting checkpoint has. */
  private static long free(List<Long> open, long mined) {
    long nonce = mined;
    while (open.contains(nonce)) {
      nonce++;
    }
    return nonce;
  }

  private Fees fees() {
    return Fees.now(chain.head().baseFee(), chain.priorityFee(), settings.feeMaxGwei());
  }

  private Progress send(Task task, int number, long nonce, Fees fees, Instant now) {
    SignedEvmTransaction signed =
        new EvmTransaction(
                settings.chainId(),
                nonce,
                fees.priority(),
                fees.max(),
                settings.to().isPresent() ? GAS_TO_CONTRACT : GAS_TO_SELF,
                settings.to().orElseGet(account::address),
                Anchor.callData(task.note().text()))
            .sign(account.keys());
    journal.add(task, new Attempt(number, signed, now));
    return offer(signed);
  }

  /**
   * Sends, or sends again. A node that has it already refuses it; that is no failure, and every
   * other refusal is one that the next step meets again.
   */
  private Progress offer(SignedEvmTransaction signed) {
    try {
      chain.send(signed);
    } catch (JsonRpc.NodeRefused e) {
      if (!String.valueOf(e.getMessage()).contains("already")) {
        throw new TalosException(
            ErrorCode.ANCHOR_ANSWER_INVALID, "the node does not take it: " + e.getMessage(), e);
      }
    }
    return Progress.waiting(LOOK_AGAIN);
  }
}
