package io.talos.client.story;

import io.talos.client.Reply;
import io.talos.client.RevocationReason;
import io.talos.client.story.Delegation.Rights;
import io.talos.client.story.ToolCall.Called;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import jakarta.json.JsonObject;

/** Step 6: the operator revokes Alice's capability, and with it Bob's. */
final class Revocation {
  static final String TITLE = "Revocation";

  private final Cast cast;
  private final Delegation delegation;
  private final Rights rights;
  private final ToolCall tools;
  private final Called called;

  Revocation(Cast cast, Delegation delegation, Rights rights, ToolCall tools, Called called) {
    this.cast = cast;
    this.delegation = delegation;
    this.rights = rights;
    this.tools = tools;
    this.called = called;
  }

  /** The event that recorded the operator's request. */
  UuidV7 play() {
    Reply.Granted<JsonObject> revoked =
        Claim.granted(
            "revoking Alice's capability",
            cast.operator()
                .revoke(rights.alices().root().hash(), RevocationReason.NO_LONGER_NEEDED));
    String note = called.note() + "-after";
    Claim.refused(
        "Bob's call after the revocation",
        ErrorCode.CAPABILITY_REVOKED,
        called.session().callTool(Delegation.TOOL, ToolCall.note(note, "too late")));
    Claim.refused(
        "Alice's call after the revocation",
        ErrorCode.CAPABILITY_REVOKED,
        cast.alice().client().mcp(rights.server(), rights.alices()));
    Claim.that(
        !tools.exists(note, delegation.grantAlice(rights.server())),
        "Bob's call was refused and yet carried out");
    return revoked
        .receipt()
        .admissionId()
        .orElseThrow(() -> new IllegalStateException("the server named no admission event"));
  }

  String proved() {
    return "the operator revoked Alice's link; Bob's very next call was refused with"
        + " CAPABILITY_REVOKED and never reached the notes server";
  }
}
