package io.talos.contracts.log.anchor;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.TimestampAuthorities;
import io.talos.contracts.crypto.Timestamps;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.WitnessKey;
import io.talos.contracts.log.anchor.AnchorCheck.Holds;
import io.talos.contracts.log.anchor.AnchorCheck.NotShown;
import io.talos.contracts.log.anchor.AnchorCheck.Refused;
import io.talos.contracts.log.block.Block;
import io.talos.contracts.log.block.BlockValidation;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges anchors offline, by whom the verifier trusts. Thread safe; never throws on a bad anchor.
 *
 * <p>An EVM anchor proves offline that its account committed to the checkpoint; whether the chain
 * holds the transaction is a question to any node of that chain, and the block is named for it.
 *
 * <p>Source: docs/reference/anchors-and-blocks.md; C2SP tlog-cosignature; RFC 3161; EIP-1559.
 */
public final class AnchorVerifier {
  private final Trust trust;

  /** Judges by {@code trust}. */
  public AnchorVerifier(Trust trust) {
    this.trust = trust;
  }

  /**
   * Whom a verifier trusts; what is empty leaves anchors of that kind not shown.
   *
   * @param witnesses whose cosignatures count
   * @param authorities under whom timestamping authorities are believed
   * @param accounts whose transactions count
   * @param producers whose blocks count
   */
  public record Trust(
      List<WitnessKey> witnesses,
      Optional<TimestampAuthorities> authorities,
      Set<EvmAddress> accounts,
      Set<Did> producers) {
    /** Nobody. */
    public static final Trust NOBODY = new Trust(List.of(), Optional.empty(), Set.of(), Set.of());

    /** Copies. */
    public Trust {
      witnesses = List.copyOf(witnesses);
      accounts = Set.copyOf(accounts);
      producers = Set.copyOf(producers);
    }
  }

  /** Judges {@code anchor} for the checkpoint whose text is {@code text}. */
  public AnchorCheck check(Anchor anchor, String text) {
    try {
      return switch (anchor.kind()) {
        case WITNESS -> witness(anchor, text);
        case RFC3161 -> rfc3161(anchor, text);
        case EVM -> evm(anchor, text);
        case BLOCK -> block(anchor, text);
      };
    } catch (TalosException e) {
      return new Refused(anchor.kind(), String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException | ArithmeticException e) {
      return new Refused(anchor.kind(), "it cannot be read");
    }
  }

  private AnchorCheck witness(Anchor anchor, String text) {
    WitnessKey named = WitnessKey.parse(anchor.json().getString("witness"));
    if (!trust.witnesses.contains(named)) {
      return new NotShown(anchor.kind(), "nobody here trusts the witness " + named.name());
    }
    SignedNote.Line line = SignedNote.Line.parse(anchor.json().getString("cosignature"));
    return named
        .cosigned(text, List.of(line))
        .<AnchorCheck>map(
            time ->
                new Holds(
                    anchor.kind(),
                    "the witness " + named.name() + " saw this checkpoint and no other history",
                    Optional.of(time)))
        .orElseGet(() -> new Refused(anchor.kind(), "the witness did not cosign this checkpoint"));
  }

  private AnchorCheck rfc3161(Anchor anchor, String text) {
    if (trust.authorities.isEmpty()) {
      return new NotShown(anchor.kind(), "no timestamping authority is trusted here");
    }
    Bytes token = Bytes.of(Base64.getDecoder().decode(anchor.json().getString("token")));
    Timestamps.Stamp stamp = Timestamps.verify(token, Anchor.digest(text), trust.authorities.get());
    return new Holds(
        anchor.kind(),
        "the timestamping authority " + stamp.authority() + " saw this checkpoint's digest",
        Optional.of(stamp.time()));
  }

  private AnchorCheck evm(Anchor anchor, String text) {
    SignedEvmTransaction signed =
        SignedEvmTransaction.parse(Hex.decode(anchor.json().getString("transaction")));
    long chain = anchor.json().getJsonNumber("chain_id").longValueExact();
    require(signed.transaction().chainId() == chain, "it is a transaction of another chain");
    require(
        signed.hash().hex().equals(anchor.json().getString("tx_hash")),
        "the hash is another transaction's");
    require(
        signed.transaction().data().equals(Anchor.callData(text)),
        "the transaction is of another checkpoint");
    EvmAddress sender = signed.sender();
    if (!trust.accounts.contains(sender)) {
      return new NotShown(anchor.kind(), "nobody here trusts the account " + sender.text());
    }
    return new Holds(
        anchor.kind(),
        "the account "
            + sender.text()
            + " committed to this checkpoint on chain "
            + chain
            + "; ask a node of it for block "
            + anchor.json().getJsonNumber("block_number").longValueExact(),
        Optional.empty());
  }

  private AnchorCheck block(Anchor anchor, String text) {
    Bytes block = CanonicalJson.encode(anchor.json().getJsonObject("block"));
    Block opened = BlockValidation.open(block);
    require(opened.checkpoint().equals(Checkpoint.parse(text)), "it is over another checkpoint");
    if (!trust.producers.contains(opened.producer())) {
      return new NotShown(
          anchor.kind(), "nobody here trusts the producer " + opened.producer().text());
    }
    return new Holds(
        anchor.kind(),
        "block " + opened.height() + " " + opened.hash().hex() + " holds this checkpoint",
        Optional.of(opened.time()));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new TalosException(ErrorCode.PROOF_INVALID, otherwise);
    }
  }
}
