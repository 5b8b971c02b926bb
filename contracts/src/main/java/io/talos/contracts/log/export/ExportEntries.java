package io.talos.contracts.log.export;

import static io.talos.contracts.log.export.ExportVerifier.require;

import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.KeyUrl;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.log.LogLeaf;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.function.Supplier;

/** The entries of an export, verified one after another as their hashes are asked for. */
final class ExportEntries {
  private static final String ENTRY = "audit/export_entry.v1";
  private static final io.talos.contracts.json.Limits LINE =
      new io.talos.contracts.json.Limits(Limits.LINE_BYTES_MAX, 16, 10_000);

  private final EventFilter filter;
  private final SchemaLibrary schemas;
  private final Supplier<String> lines;
  private final boolean judgesAll;

  private long next;
  private LineChain chain;
  private long events;
  private long callers;
  private Instant firstTime = Instant.MAX;
  private Instant lastTime = Instant.MIN;

  ExportEntries(ExportHead head, SchemaLibrary schemas, Supplier<String> lines, LineChain chain) {
    this.filter = head.filter();
    this.schemas = schemas;
    this.lines = lines;
    this.chain = chain;
    this.next = head.begin();
    this.judgesAll =
        filter.principal().isEmpty()
            && filter.surface().isEmpty()
            && filter.result().isEmpty()
            && filter.request().isEmpty()
            && filter.resource().isEmpty();
  }

  /** Verifies the next entry; its hash in the tree. */
  Bytes nextLeafHash() {
    String text = lines.get();
    JsonObject line = StrictJson.parseObject(Bytes.utf8(text), LINE);
    if (line.containsKey("signature")) {
      throw new TalosException(ErrorCode.EXPORT_INCOMPLETE, "the end stands before the last entry");
    }
    require(schemas.violations(ENTRY, line).isEmpty(), "an entry has another form");
    LogLeaf leaf = line.containsKey("event") ? event(line) : envelope(line);
    require(leaf.logSeq() == next, "an entry stands at another one's place");
    if (firstTime.equals(Instant.MAX)) {
      firstTime = leaf.ts();
    }
    lastTime = leaf.ts();
    next++;
    chain = chain.with(text);
    return leaf.hash();
  }

  private LogLeaf event(JsonObject line) {
    JsonObject event = line.getJsonObject("event");
    require(
        AuditEvent.hashOf(event).hex().equals(event.getString(AuditEvent.EVENT_HASH)),
        "an event is not as it was hashed");
    require(filter.accepts(event), "an event was not asked for");
    if (line.containsKey("signature_base")) {
      caller(event, Base64Url.decode(line.getString("signature_base")));
    }
    events++;
    return LogLeaf.of(event, line.getJsonNumber("log_seq").longValueExact());
  }

  private void caller(JsonObject event, Bytes base) {
    JsonObject evidence = event.getJsonObject("evidence");
    require(
        evidence != null
            && Sha256.hex(base).equals(evidence.getString("signature_base_sha256", "")),
        "a signature base is not the one that its event names");
    require(
        Ed25519.verify(
            KeyUrl.parse(evidence.getString("key_id")).key(),
            base,
            Base64Url.decode(evidence.getString("signature"))),
        "a caller's signature is not valid");
    callers++;
  }

  /** Of an event that is not shown, kind and time are known: they tell whether it was asked for. */
  private LogLeaf envelope(JsonObject line) {
    LogLeaf leaf = LogLeaf.parse(CanonicalJson.encode(line.getJsonObject("leaf")), schemas);
    boolean asked = filter.covers(leaf.ts()) && filter.kind().map(leaf.kind()::equals).orElse(true);
    require(!judgesAll || !asked, "an event that was asked for is not shown");
    return leaf;
  }

  LineChain chain() {
    return chain;
  }

  long events() {
    return events;
  }

  long callers() {
    return callers;
  }

  /** Whether the public part of an entry tells if it was asked for. */
  boolean judgesAll() {
    return judgesAll;
  }

  Instant firstTime() {
    return firstTime;
  }

  Instant lastTime() {
    return lastTime;
  }
}
