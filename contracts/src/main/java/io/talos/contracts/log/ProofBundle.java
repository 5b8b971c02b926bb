package io.talos.contracts.log;

import io.talos.contracts.Bytes;
import io.talos.contracts.did.KeyStatement;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Json;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Optional;

/**
 * Everything that proves one event to a stranger, in one file; only {@link BundleVerifier} says
 * whether it does.
 *
 * <p>Source: contracts/schemas/audit/proof_bundle.v2.
 *
 * @param event the event as it was hashed
 * @param leaf its entry in the log
 * @param size the size of the tree that the proof is for
 * @param path the inclusion proof, from the leaf upward
 * @param checkpoint the signed note over that tree
 * @param consistency proof that the tree continues an earlier one, when one was asked for
 * @param signatureBase what the caller signed, on the admission of a signed request
 * @param keyHistory the statements by which the caller's keys speak for it, when it has any
 * @param anchors evidence that others saw the checkpoint, of kinds known here and not
 */
public record ProofBundle(
    JsonObject event,
    JsonObject leaf,
    long size,
    List<Bytes> path,
    String checkpoint,
    Optional<Consistency> consistency,
    Optional<Bytes> signatureBase,
    List<KeyStatement> keyHistory,
    List<JsonObject> anchors) {
  /** The form's name. */
  public static final String SCHEMA_ID = "talos.proof_bundle";

  /** The form's version. */
  public static final String SCHEMA_VERSION = "v2";

  private static final String SCHEMA = "audit/proof_bundle.v2";
  private static final io.talos.contracts.json.Limits JSON_LIMITS =
      new io.talos.contracts.json.Limits(Limits.BUNDLE_BYTES_MAX, 8, 8_000);

  /**
   * The tree of {@code fromSize} leaves is the beginning of the bundle's tree.
   *
   * @param path the consistency proof
   */
  public record Consistency(long fromSize, List<Bytes> path) {
    /** Copies. */
    public Consistency {
      path = List.copyOf(path);
    }
  }

  /** Copies. */
  public ProofBundle {
    path = List.copyOf(path);
    keyHistory = List.copyOf(keyHistory);
    anchors = List.copyOf(anchors);
  }

  /** The bundle of an event whose caller has no key history, without anchors. */
  public ProofBundle(
      JsonObject event,
      JsonObject leaf,
      long size,
      List<Bytes> path,
      String checkpoint,
      Optional<Consistency> consistency,
      Optional<Bytes> signatureBase) {
    this(event, leaf, size, path, checkpoint, consistency, signatureBase, List.of(), List.of());
  }

  /**
   * Reads a bundle and checks its form against its schema.
   *
   * @throws TalosException {@link ErrorCode#PROOF_INVALID} when it has another form; the reader's
   *     own codes when it is not JSON
   */
  public static ProofBundle parse(Bytes text, SchemaLibrary schemas) {
    JsonObject json = StrictJson.parseObject(text, JSON_LIMITS);
    List<SchemaLibrary.Violation> violations = schemas.violations(SCHEMA, json);
    if (!violations.isEmpty()) {
      throw new TalosException(
          ErrorCode.PROOF_INVALID, "not a proof bundle at " + violations.get(0).pointer());
    }
    JsonObject inclusion = json.getJsonObject("inclusion");
    return new ProofBundle(
        json.getJsonObject("event"),
        json.getJsonObject("leaf"),
        inclusion.getJsonNumber("tree_size").longValueExact(),
        hashes(inclusion.getJsonArray("path")),
        json.getString("checkpoint"),
        Optional.ofNullable(json.getJsonObject("consistency"))
            .map(
                c ->
                    new Consistency(
                        c.getJsonNumber("from_size").longValueExact(),
                        hashes(c.getJsonArray("path")))),
        Optional.ofNullable(json.getString("signature_base", null)).map(Bytes::utf8),
        Optional.ofNullable(json.getJsonArray("key_history"))
            .map(
                array ->
                    array.getValuesAs(JsonObject.class).stream()
                        .map(KeyStatement::fromJson)
                        .toList())
            .orElse(List.of()),
        Optional.ofNullable(json.getJsonArray("anchors"))
            .map(array -> array.getValuesAs(JsonObject.class))
            .orElse(List.of()));
  }

  /**
   * Where the entry lies, for tools that know nothing of events: the entry is the extra data.
   *
   * <p>Source: C2SP tlog-proof.
   */
  public TlogProof tlogProof() {
    return new TlogProof(
        Optional.of(CanonicalJson.encode(leaf)),
        leaf.getJsonNumber("log_seq").longValueExact(),
        path,
        SignedNote.parse(checkpoint));
  }

  /** The bundle's JSON. */
  public JsonObject json() {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("schema_id", SCHEMA_ID)
            .add("schema_version", SCHEMA_VERSION)
            .add("event", event)
            .add("leaf", leaf)
            .add(
                "inclusion",
                Json.createObjectBuilder().add("tree_size", size).add("path", array(path)))
            .add("checkpoint", checkpoint);
    consistency.ifPresent(
        c ->
            json.add(
                "consistency",
                Json.createObjectBuilder()
                    .add("from_size", c.fromSize)
                    .add("path", array(c.path))));
    if (!keyHistory.isEmpty()) {
      JsonArrayBuilder statements = Json.createArrayBuilder();
      keyHistory.forEach(statement -> statements.add(statement.toJson()));
      json.add("key_history", statements);
    }
    signatureBase.ifPresent(base -> json.add("signature_base", base.utf8()));
    if (!anchors.isEmpty()) {
      JsonArrayBuilder evidence = Json.createArrayBuilder();
      anchors.forEach(evidence::add);
      json.add("anchors", evidence);
    }
    return json.build();
  }

  private static JsonArrayBuilder array(List<Bytes> hashes) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    hashes.forEach(hash -> array.add(Base64Text.encode(hash)));
    return array;
  }

  private static List<Bytes> hashes(JsonArray array) {
    return array.getValuesAs(JsonString.class).stream()
        .map(text -> Base64Text.decode(text.getString()))
        .toList();
  }
}
