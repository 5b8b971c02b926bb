package io.talos.client.cli;

import io.talos.contracts.log.ProofBundle;
import io.talos.contracts.log.Verification;
import io.talos.contracts.log.WitnessKey;
import io.talos.contracts.log.anchor.AnchorCheck;
import io.talos.contracts.log.anchor.AnchorKind;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The way from what happened to what anchors it, step by step, as a person reads it: capability,
 * revocation or change of a DID; event; entry; checkpoint; block, transaction, cosignature or
 * timestamp. Only for a bundle that was verified.
 */
final class ProofPath {
  private static final String UNKNOWN = "?";

  private ProofPath() {}

  /** The steps, the first one being what happened. */
  static List<String> of(ProofBundle bundle, Verification.Verified verified) {
    JsonObject event = bundle.event();
    List<String> steps = new ArrayList<>();
    steps.add(what(event));
    steps.add(
        "in event "
            + event.getString("event_id")
            + " of "
            + event.getString("ts")
            + ", hash "
            + event.getString("event_hash"));
    steps.add(
        "in entry "
            + bundle.leaf().getJsonNumber("log_seq")
            + " of the log, number "
            + event.getJsonNumber("source_seq")
            + " of "
            + event.getString("source"));
    steps.add(
        "under the checkpoint of "
            + verified.checkpoint().size()
            + " entries, root "
            + verified.checkpoint().root().hex());
    Iterator<AnchorCheck> checks = verified.anchors().iterator();
    for (JsonObject anchor : bundle.anchors()) {
      AnchorKind.ofWire(anchor.getString("kind"))
          .ifPresent(kind -> steps.add(anchor(kind, anchor) + believed(checks.next())));
    }
    return steps.stream().map(ProofPath::printable).toList();
  }

  private static String what(JsonObject event) {
    JsonObject resource = event.getJsonObject("resource");
    String id = resource == null ? "" : resource.getString("id");
    JsonObject meta = event.getJsonObject("meta");
    String kind = event.getString("kind");
    return switch (kind) {
      case "capability.granted" ->
          "capability " + id + " was granted to " + meta.getString("subject", UNKNOWN);
      case "capability.revoked" ->
          "link " + id + " of a capability was revoked: " + meta.getString("reason", UNKNOWN);
      case "agent.registered" -> "DID " + id + " was registered";
      case "agent.key_history_begun" -> "DID " + id + " began a history of its keys";
      case "agent.key_rotated", "agent.key_recovered" ->
          "DID "
              + id
              + " changed its key from "
              + meta.getString("retired_key", UNKNOWN)
              + " to "
              + meta.getString("key", UNKNOWN);
      case "agent.revoked" ->
          "DID " + id + " was revoked, and its key " + meta.getString("retired_key", UNKNOWN);
      case "request.admitted" -> admitted(event);
      default -> resource == null ? kind : kind + ", " + resource.getString("type") + " " + id;
    };
  }

  private static String admitted(JsonObject event) {
    JsonObject http = event.getJsonObject("http");
    JsonObject evidence =
        event.containsKey("evidence")
            ? event.getJsonObject("evidence")
            : JsonObject.EMPTY_JSON_OBJECT;
    String request =
        http == null ? "a request" : http.getString("method") + " " + http.getString("path");
    return evidence.containsKey("capability_hash")
        ? "capability " + evidence.getString("capability_hash") + " was shown for " + request
        : request + " was admitted";
  }

  private static String anchor(AnchorKind kind, JsonObject anchor) {
    return switch (kind) {
      case BLOCK -> {
        JsonObject block = anchor.getJsonObject("block");
        yield "in block "
            + block.getJsonNumber("height")
            + ", hash "
            + block.getString("hash")
            + ", of "
            + block.getString("producer");
      }
      case EVM ->
          "in transaction "
              + anchor.getString("tx_hash")
              + " of chain "
              + anchor.getJsonNumber("chain_id")
              + ", in its block "
              + anchor.getJsonNumber("block_number")
              + ", hash "
              + anchor.getString("block_hash");
      case WITNESS -> "cosigned by " + WitnessKey.parse(anchor.getString("witness")).name();
      case RFC3161 -> "timestamped (RFC 3161)";
    };
  }

  private static String believed(AnchorCheck check) {
    return check.match(
        holds -> "",
        open -> "; not shown: " + open.why(),
        refused -> "; refused: " + refused.why());
  }

  /** Whoever wrote the event may have put control characters into it, to paint on the terminal. */
  private static String printable(String step) {
    return step.replaceAll("\\p{Cntrl}", UNKNOWN);
  }
}
