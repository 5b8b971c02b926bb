package io.talos.contracts.log.anchor;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Keccak256;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.Json;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.WitnessKey;
import io.talos.contracts.log.block.Block;
import io.talos.contracts.schema.SchemaLibrary;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * Evidence, kept beside a checkpoint, that somebody outside of the log saw it. Nothing of it is
 * proved before {@link AnchorVerifier} says so.
 *
 * <p>Source: contracts/schemas/audit/anchor.v1.
 *
 * @param kind what the evidence is
 * @param json the evidence
 */
public record Anchor(AnchorKind kind, JsonObject json) {
  private static final String SCHEMA = "audit/anchor.v1";

  /** The first four bytes of the Keccak-256 of the function's name and types: its selector. */
  private static final Bytes SELECTOR = Keccak256.of(Bytes.utf8("anchor(bytes32)")).slice(0, 4);

  /** The kind is the one that the evidence names. */
  public Anchor {
    Check.that(json.getString("kind", "").equals(kind.wire()), "the evidence is of its kind");
  }

  /** What timestamps and transactions carry: SHA-256 of the text that the log signed. */
  public static Bytes digest(String checkpointText) {
    return Sha256.of(Bytes.utf8(checkpointText));
  }

  /**
   * What a transaction says: a call of {@code anchor(bytes32)} with the digest, whoever is called.
   */
  public static Bytes callData(String checkpointText) {
    return SELECTOR.concat(digest(checkpointText));
  }

  /** A witness's cosignature. */
  public static Anchor witness(WitnessKey witness, SignedNote.Line line, Instant confirmedAt) {
    return of(
        AnchorKind.WITNESS,
        confirmedAt,
        Json.createObjectBuilder()
            .add("witness", witness.vkey())
            .add("cosignature", line.encoded().stripTrailing()));
  }

  /** A timestamping authority's token. */
  public static Anchor rfc3161(Bytes token, Instant confirmedAt) {
    return of(
        AnchorKind.RFC3161,
        confirmedAt,
        Json.createObjectBuilder()
            .add("token", Base64.getEncoder().encodeToString(token.toArray())));
  }

  /** A transaction, and the block in which it was found deep enough. */
  public static Anchor evm(
      SignedEvmTransaction transaction, long blockNumber, Bytes blockHash, Instant confirmedAt) {
    return of(
        AnchorKind.EVM,
        confirmedAt,
        Json.createObjectBuilder()
            .add("chain_id", transaction.transaction().chainId())
            .add("transaction", transaction.raw().hex())
            .add("tx_hash", transaction.hash().hex())
            .add("block_number", blockNumber)
            .add("block_hash", blockHash.hex()));
  }

  /** A block over the checkpoint. */
  public static Anchor block(Block block, Instant confirmedAt) {
    return of(AnchorKind.BLOCK, confirmedAt, Json.createObjectBuilder().add("block", block.json()));
  }

  private static Anchor of(AnchorKind kind, Instant confirmedAt, JsonObjectBuilder evidence) {
    return new Anchor(
        kind,
        Json.createObjectBuilder()
            .add("kind", kind.wire())
            .add("confirmed_at", WireTime.format(confirmedAt))
            .addAll(evidence)
            .build());
  }

  /**
   * Reads evidence and checks its form against its schema.
   *
   * @throws TalosException {@link ErrorCode#PROOF_INVALID} when it has another form
   */
  public static Anchor parse(JsonObject json, SchemaLibrary schemas) {
    List<SchemaLibrary.Violation> violations = schemas.violations(SCHEMA, json);
    if (!violations.isEmpty()) {
      throw new TalosException(
          ErrorCode.PROOF_INVALID, "not an anchor at " + violations.get(0).pointer());
    }
    return new Anchor(AnchorKind.ofWire(json.getString("kind")).orElseThrow(), json);
  }
}
