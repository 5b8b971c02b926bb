package io.talos.contracts.error;

/**
 * Every code that Talos answers with: the Java twin of {@code contracts/registry/error_codes.json}.
 *
 * <p>A code is stable and never used again for something else. A test holds the two lists equal.
 * The registry also says what the caller and the operator should do.
 */
public enum ErrorCode {
  /** The body is not well-formed JSON. */
  MALFORMED_JSON("The body is not well-formed JSON", 400, -32700, false),
  /** A JSON object holds the same member twice. */
  DUPLICATE_MEMBER("A JSON object holds the same member twice", 400, -32700, false),
  /** The body is not valid UTF-8. */
  INVALID_UTF8("The body is not valid UTF-8", 400, -32700, false),
  /** The body is larger than this surface allows. */
  BODY_TOO_LARGE("The body is larger than this surface allows", 413, -32600, false),
  /** The body is nested too deeply or holds too many values. */
  BODY_TOO_COMPLEX("The body is nested too deeply or holds too many values", 400, -32600, false),
  /** The body takes too long to arrive. */
  BODY_TOO_SLOW("The body takes too long to arrive", 408, -32600, true),
  /** This surface needs a body. */
  BODY_REQUIRED("This surface needs a body", 400, -32600, false),
  /** This surface takes no body. */
  BODY_NOT_ALLOWED("This surface takes no body", 400, -32600, false),
  /** The body does not fit its schema. */
  SCHEMA_VALIDATION_ERROR("The body does not fit its schema", 400, -32602, false),
  /** A value is not in its one accepted encoding. */
  ENCODING_INVALID("A value is not in its one accepted encoding", 400, -32602, false),
  /** A parameter has a value that cannot be used. */
  TALOS_INVALID_INPUT("A parameter has a value that cannot be used", 400, -32602, false),
  /** The cursor is not one that this server gave out. */
  TALOS_INVALID_CURSOR("The cursor is not one that this server gave out", 400, -32602, false),
  /** The content type is not accepted here. */
  UNSUPPORTED_MEDIA_TYPE("The content type is not accepted here", 415, -32600, false),
  /** No offered content type is acceptable. */
  NOT_ACCEPTABLE("No offered content type is acceptable", 406, -32600, false),
  /** There is nothing at this path. */
  ROUTE_NOT_FOUND("There is nothing at this path", 404, -32601, false),
  /** This path does not take this method. */
  METHOD_NOT_ALLOWED("This path does not take this method", 405, -32601, false),
  /** There is no such thing, or it is not yours to see. */
  NOT_FOUND("There is no such thing, or it is not yours to see", 404, -32001, false),
  /** The protocol version is not spoken here. */
  TALOS_PROTOCOL_MISMATCH("The protocol version is not spoken here", 400, -32600, false),
  /** A transport frame cannot be read. */
  TALOS_FRAME_INVALID("A transport frame cannot be read", 400, -32600, false),
  /** No credential was sent. */
  AUTH_MISSING("No credential was sent", 401, -32001, false),
  /** The credential is not valid. */
  AUTH_INVALID("The credential is not valid", 401, -32001, false),
  /** The signature does not verify. */
  AUTH_INVALID_SIGNATURE("The signature does not verify", 401, -32001, false),
  /** The credential has expired. */
  AUTH_EXPIRED("The credential has expired", 401, -32001, false),
  /** The credential is dated in the future. */
  AUTH_NOT_YET_VALID("The credential is dated in the future", 401, -32001, false),
  /** The credential or its holder was revoked. */
  AUTH_REVOKED("The credential or its holder was revoked", 401, -32001, false),
  /** More than one credential was sent. */
  AUTH_AMBIGUOUS("More than one credential was sent", 401, -32001, false),
  /** This kind of credential is not accepted here. */
  AUTH_METHOD_NOT_ALLOWED("This kind of credential is not accepted here", 403, -32001, false),
  /** The signing key belongs to no registered agent. */
  AGENT_NOT_REGISTERED("The signing key belongs to no registered agent", 401, -32001, false),
  /** This signed request was seen before. */
  REPLAY_DETECTED("This signed request was seen before", 401, -32001, false),
  /** The principal has no role that permits this. */
  RBAC_DENIED("The principal has no role that permits this", 403, -32001, false),
  /** The surface is not in the registry. */
  RBAC_SURFACE_UNMAPPED_DENIED("The surface is not in the registry", 403, -32001, false),
  /** The policy forbids this tool. */
  TOOL_DENIED("The policy forbids this tool", 403, -32001, false),
  /** This surface needs a capability and none was sent. */
  CAPABILITY_MISSING("This surface needs a capability and none was sent", 403, -32001, false),
  /** The capability cannot be read. */
  CAPABILITY_INVALID("The capability cannot be read", 403, -32001, false),
  /** A link of the capability is not signed by its issuer. */
  CAPABILITY_SIGNATURE_INVALID(
      "A link of the capability is not signed by its issuer", 403, -32001, false),
  /** The capability does not start at this authority. */
  CAPABILITY_ISSUER_UNTRUSTED(
      "The capability does not start at this authority", 403, -32001, false),
  /** The capability has expired. */
  CAPABILITY_EXPIRED("The capability has expired", 403, -32001, false),
  /** The capability is not valid yet. */
  CAPABILITY_NOT_YET_VALID("The capability is not valid yet", 403, -32001, false),
  /** The capability, or one it hangs on, was revoked. */
  CAPABILITY_REVOKED("The capability, or one it hangs on, was revoked", 403, -32001, false),
  /** The capability is meant for another server. */
  CAPABILITY_AUDIENCE_MISMATCH("The capability is meant for another server", 403, -32001, false),
  /** The caller is not the subject of the capability. */
  CAPABILITY_SUBJECT_MISMATCH(
      "The caller is not the subject of the capability", 403, -32001, false),
  /** The capability does not cover this tool or method. */
  CAPABILITY_SCOPE_MISMATCH(
      "The capability does not cover this tool or method", 403, -32001, false),
  /** The capability may not be used from this network. */
  CAPABILITY_SOURCE_MISMATCH(
      "The capability may not be used from this network", 403, -32001, false),
  /** The call breaks a constraint of the capability. */
  CAPABILITY_CONSTRAINT_VIOLATED(
      "The call breaks a constraint of the capability", 403, -32001, false),
  /** A link grants more than the link before it, or may not exist. */
  CAPABILITY_DELEGATION_INVALID(
      "A link grants more than the link before it, or may not exist", 403, -32001, false),
  /** The capability's calls are used up. */
  CAPABILITY_EXHAUSTED("The capability's calls are used up", 403, -32001, false),
  /** The request was denied. */
  TALOS_DENIED("The request was denied", 403, -32001, false),
  /** Too many requests. */
  RATE_LIMITED("Too many requests", 429, -32001, true),
  /** The budget is used up. */
  BUDGET_EXCEEDED("The budget is used up", 429, -32001, false),
  /** The Idempotency-Key header cannot be used. */
  IDEMPOTENCY_KEY_INVALID("The Idempotency-Key header cannot be used", 400, -32602, false),
  /** The idempotency key was used for another request. */
  IDEMPOTENCY_KEY_REUSE_CONFLICT(
      "The idempotency key was used for another request", 409, -32001, false),
  /** The first request with this key still runs. */
  IDEMPOTENCY_IN_PROGRESS("The first request with this key still runs", 409, -32001, true),
  /** The request was done before, and its answer is not shown twice. */
  IDEMPOTENT_ANSWER_NOT_KEPT(
      "The request was done before, and its answer is not shown twice", 409, -32001, false),
  /** The agent is registered already. */
  AGENT_EXISTS("The agent is registered already", 409, -32001, false),
  /** There is no such agent. */
  AGENT_NOT_FOUND("There is no such agent", 404, -32001, false),
  /** The agent was revoked. */
  AGENT_REVOKED("The agent was revoked", 403, -32001, false),
  /** The DID cannot be read. */
  DID_INVALID("The DID cannot be read", 400, -32602, false),
  /** The DID method is not supported. */
  DID_METHOD_UNSUPPORTED("The DID method is not supported", 400, -32602, false),
  /** Nothing is known of this DID. */
  DID_NOT_FOUND("Nothing is known of this DID", 404, -32001, false),
  /** The DID's document cannot be used. */
  DID_DOCUMENT_INVALID("The DID's document cannot be used", 502, -32001, false),
  /** The key cannot be used. */
  KEY_INVALID("The key cannot be used", 400, -32602, false),
  /** The key-agreement key is not certified by the agent's key. */
  KEY_AGREEMENT_INVALID(
      "The key-agreement key is not certified by the agent's key", 400, -32602, false),
  /** The key statement is malformed, or not signed by who may sign it. */
  KEY_STATEMENT_INVALID(
      "The key statement is malformed, or not signed by who may sign it", 400, -32602, false),
  /** The key statement does not follow the agent's last one. */
  KEY_HISTORY_CONFLICT(
      "The key statement does not follow the agent's last one", 409, -32001, false),
  /** A prekey is malformed, expired or not signed by the agent. */
  PREKEY_INVALID("A prekey is malformed, expired or not signed by the agent", 400, -32602, false),
  /** The agent has published no usable prekeys. */
  PREKEY_UNAVAILABLE("The agent has published no usable prekeys", 404, -32001, true),
  /** There is no such virtual key. */
  VIRTUAL_KEY_NOT_FOUND("There is no such virtual key", 404, -32001, false),
  /** The revocation feed cannot be believed. */
  REVOCATION_FEED_INVALID("The revocation feed cannot be believed", 400, 0, false),
  /** There is no such organisation. */
  ORG_NOT_FOUND("There is no such organisation", 404, -32001, false),
  /** An organisation with this domain exists. */
  ORG_EXISTS("An organisation with this domain exists", 409, -32001, false),
  /** There is no such team. */
  TEAM_NOT_FOUND("There is no such team", 404, -32001, false),
  /** The organisation has a team with this name. */
  TEAM_EXISTS("The organisation has a team with this name", 409, -32001, false),
  /** There is no such principal. */
  PRINCIPAL_NOT_FOUND("There is no such principal", 404, -32001, false),
  /** The principal's id or DID is taken. */
  PRINCIPAL_EXISTS("The principal's id or DID is taken", 409, -32001, false),
  /** The principal is suspended. */
  PRINCIPAL_SUSPENDED("The principal is suspended", 403, -32001, false),
  /** There is no such capability. */
  CAPABILITY_NOT_FOUND("There is no such capability", 404, -32001, false),
  /** The policy document does not fit together. */
  POLICY_INVALID("The policy document does not fit together", 400, -32602, false),
  /** There is no such draft or version of the policy. */
  POLICY_NOT_FOUND("There is no such draft or version of the policy", 404, -32001, false),
  /** The policy in force has no such role or binding. */
  POLICY_ENTRY_NOT_FOUND("The policy in force has no such role or binding", 404, -32001, false),
  /** Another version of the policy was published meanwhile. */
  POLICY_VERSION_CONFLICT(
      "Another version of the policy was published meanwhile", 409, -32001, false),
  /** There are too many drafts of the policy. */
  POLICY_DRAFTS_FULL("There are too many drafts of the policy", 409, -32001, false),
  /** This server takes a signed policy only. */
  POLICY_SIGNATURE_REQUIRED("This server takes a signed policy only", 403, -32001, false),
  /** The signature of the policy does not verify. */
  POLICY_SIGNATURE_INVALID("The signature of the policy does not verify", 403, -32001, false),
  /** There is no such session, or it is not yours. */
  A2A_SESSION_NOT_FOUND("There is no such session, or it is not yours", 404, -32001, false),
  /** The session's state does not allow this. */
  A2A_SESSION_STATE_INVALID("The session's state does not allow this", 409, -32001, false),
  /** The session has expired. */
  A2A_SESSION_EXPIRED("The session has expired", 410, -32001, false),
  /** The frame names another session than the path. */
  A2A_SESSION_ID_MISMATCH("The frame names another session than the path", 400, -32602, false),
  /** The caller may not do this in the session. */
  A2A_MEMBER_NOT_ALLOWED("The caller may not do this in the session", 403, -32001, false),
  /** The frame does not fit its schema. */
  A2A_FRAME_SCHEMA_INVALID("The frame does not fit its schema", 400, -32602, false),
  /** The frame's digest is not that of its members. */
  A2A_FRAME_DIGEST_MISMATCH("The frame's digest is not that of its members", 400, -32602, false),
  /** The ciphertext hash is not that of the ciphertext. */
  A2A_FRAME_CIPHERTEXT_HASH_MISMATCH(
      "The ciphertext hash is not that of the ciphertext", 400, -32602, false),
  /** The frame is not signed by its sender. */
  A2A_FRAME_SIGNATURE_INVALID("The frame is not signed by its sender", 400, -32602, false),
  /** A frame with this sequence number was accepted before. */
  A2A_FRAME_REPLAY_DETECTED(
      "A frame with this sequence number was accepted before", 409, -32001, false),
  /** The frame's sequence number jumps too far. */
  A2A_FRAME_SEQUENCE_TOO_FAR("The frame's sequence number jumps too far", 400, -32602, false),
  /** The ciphertext is larger than 1 MiB. */
  A2A_FRAME_SIZE_EXCEEDED("The ciphertext is larger than 1 MiB", 413, -32602, false),
  /** The frame has expired. */
  A2A_FRAME_EXPIRED("The frame has expired", 400, -32602, false),
  /** The frame could not be stored. */
  A2A_FRAME_STORE_ERROR("The frame could not be stored", 500, -32603, true),
  /** Somebody else is changing the session or group. */
  A2A_LOCK_CONTENTION("Somebody else is changing the session or group", 409, -32001, true),
  /** A state with this counter or a higher one is parked already. */
  A2A_PARKED_STATE_STALE(
      "A state with this counter or a higher one is parked already", 409, -32001, false),
  /** The caller has asked for too many sessions that are not over. */
  A2A_SESSION_QUOTA_EXCEEDED(
      "The caller has asked for too many sessions that are not over", 429, -32001, true),
  /** Too much waits for the recipient. */
  A2A_INBOX_FULL("Too much waits for the recipient", 429, -32001, true),
  /** Too many readers wait for frames. */
  A2A_TOO_MANY_READERS("Too many readers wait for frames", 429, -32001, true),
  /** There is no such group, or it is not yours. */
  A2A_GROUP_NOT_FOUND("There is no such group, or it is not yours", 404, -32001, false),
  /** The group's state does not allow this. */
  A2A_GROUP_STATE_INVALID("The group's state does not allow this", 409, -32001, false),
  /** The group is in another epoch. */
  A2A_GROUP_EPOCH_CONFLICT("The group is in another epoch", 409, -32001, false),
  /** A member asked to leave and must be removed first. */
  A2A_GROUP_LEAVE_PENDING("A member asked to leave and must be removed first", 409, -32001, false),
  /** The group would have too many members or invitations. */
  A2A_GROUP_FULL("The group would have too many members or invitations", 409, -32001, false),
  /** Entries that the caller has not read are kept no longer. */
  A2A_GROUP_ENTRIES_GONE(
      "Entries that the caller has not read are kept no longer", 410, -32001, false),
  /** There is no key package for this caller. */
  A2A_KEY_PACKAGE_NOT_FOUND("There is no key package for this caller", 404, -32001, false),
  /** A key package was published before, or there would be too many. */
  A2A_KEY_PACKAGE_INVALID(
      "A key package was published before, or there would be too many", 409, -32001, false),
  /** The group message is not genuine. */
  A2A_GROUP_MESSAGE_INVALID("The group message is not genuine", 400, -32602, false),
  /** The group's members are not those that were declared. */
  A2A_GROUP_ROSTER_MISMATCH(
      "The group's members are not those that were declared", 409, -32001, false),
  /** The member's state of the group is lost. */
  A2A_GROUP_STATE_LOST("The member's state of the group is lost", 409, -32001, false),
  /** The message does not authenticate. */
  RATCHET_AUTH_FAILED("The message does not authenticate", 400, -32001, false),
  /** Too many skipped messages. */
  RATCHET_MAX_SKIP_EXCEEDED("Too many skipped messages", 400, -32001, false),
  /** The message header cannot be read. */
  RATCHET_INVALID_HEADER("The message header cannot be read", 400, -32602, false),
  /** The Diffie-Hellman key cannot be used. */
  RATCHET_INVALID_DH_KEY("The Diffie-Hellman key cannot be used", 400, -32602, false),
  /** The prekey bundle is not signed by its identity. */
  X3DH_INVALID_SIGNATURE("The prekey bundle is not signed by its identity", 400, -32001, false),
  /** The prekey that the message names is gone. */
  X3DH_MISSING_PREKEY("The prekey that the message names is gone", 400, -32001, false),
  /** Another process uses the sealed state. */
  STATE_IN_USE("Another process uses the sealed state", 409, -32001, true),
  /** The sealed state is older than one that was used. */
  STATE_ROLLED_BACK("The sealed state is older than one that was used", 409, -32001, false),
  /** The sealed state holds as much as it may. */
  STATE_FULL("The sealed state holds as much as it may", 409, -32001, true),
  /** There is no such event, or it is not yours to see. */
  AUDIT_EVENT_NOT_FOUND("There is no such event, or it is not yours to see", 404, -32001, false),
  /** The event is recorded but no checkpoint covers it yet. */
  AUDIT_PROOF_PENDING("The event is recorded but no checkpoint covers it yet", 409, -32001, true),
  /** The log was stopped because its history does not fit. */
  AUDIT_LOG_HALTED("The log was stopped because its history does not fit", 503, -32001, true),
  /** The reader is too far behind the log to be up to date. */
  AUDIT_SLOW_CONSUMER("The reader is too far behind the log to be up to date", 409, -32001, false),
  /** Too many readers wait for events. */
  AUDIT_TOO_MANY_READERS("Too many readers wait for events", 429, -32001, true),
  /** The export would cover too many entries. */
  AUDIT_EXPORT_TOO_LARGE("The export would cover too many entries", 400, -32602, false),
  /** The export does not hold all that it says it holds. */
  EXPORT_INCOMPLETE("The export does not hold all that it says it holds", 400, -32602, false),
  /** The export does not verify. */
  EXPORT_INVALID("The export does not verify", 400, -32602, false),
  /** No checkpoint of this size was given to be anchored. */
  ANCHOR_NOT_FOUND("No checkpoint of this size was given to be anchored", 404, -32001, false),
  /** What an anchor answered does not verify. */
  ANCHOR_ANSWER_INVALID("What an anchor answered does not verify", 502, -32001, true),
  /** The chain asks for more than may be paid. */
  ANCHOR_FEE_TOO_HIGH("The chain asks for more than may be paid", 503, -32001, true),
  /** The timestamp does not verify. */
  TIMESTAMP_INVALID("The timestamp does not verify", 502, -32001, true),
  /** There is no block of this height. */
  BLOCK_NOT_FOUND("There is no block of this height", 404, -32001, false),
  /** Not a request to a witness. */
  WITNESS_REQUEST_INVALID("Not a request to a witness", 400, -32602, false),
  /** No known key of the log signed the checkpoint. */
  WITNESS_SIGNATURE_UNKNOWN("No known key of the log signed the checkpoint", 403, -32001, false),
  /** This witness does not know the log. */
  WITNESS_LOG_UNKNOWN("This witness does not know the log", 404, -32001, false),
  /** The witness knows another checkpoint of this log. */
  WITNESS_CONFLICT("The witness knows another checkpoint of this log", 409, -32001, false),
  /** The checkpoint does not continue the one that the witness knows. */
  WITNESS_PROOF_INVALID(
      "The checkpoint does not continue the one that the witness knows", 422, -32602, false),
  /** The log shows another history than before. */
  AUDIT_LOG_FORKED("The log shows another history than before", 503, -32001, false),
  /** The log is shorter than it was. */
  AUDIT_LOG_ROLLED_BACK("The log is shorter than it was", 503, -32001, false),
  /** The log does not serve what its checkpoint covers. */
  AUDIT_LOG_INCOMPLETE("The log does not serve what its checkpoint covers", 503, -32001, false),
  /** A source's numbers have a gap. */
  AUDIT_LOG_GAP("A source's numbers have a gap", 503, -32001, false),
  /** The log does not go on from the one that was stopped. */
  AUDIT_LOG_NOT_FOLLOWED("The log does not go on from the stopped one", 503, -32001, false),
  /** Published entries are said to be lost. */
  AUDIT_ENTRIES_LOST("Published entries are said to be lost", 503, -32001, false),
  /** The log does not say what the server acknowledged. */
  AUDIT_RECEIPT_CONTRADICTED(
      "The log does not say what the server acknowledged", 409, -32001, false),
  /** The log did not grow for too long. */
  AUDIT_LOG_STALE("The log did not grow for too long", 503, -32001, false),
  /** The log cannot have another key now. */
  AUDIT_LOG_KEYS_OVERLAP("The log cannot have another key now", 409, -32001, false),
  /** The log needs this key. */
  AUDIT_LOG_KEY_NEEDED("The log needs this key", 409, -32001, true),
  /** The proof does not verify. */
  PROOF_INVALID("The proof does not verify", 400, -32602, false),
  /** There is no such secret. */
  SECRET_NOT_FOUND("There is no such secret", 404, -32001, false),
  /** A secret with this name exists. */
  SECRET_EXISTS("A secret with this name exists", 409, -32001, false),
  /** A key-encryption key is not loaded. */
  KEK_NOT_LOADED("A key-encryption key is not loaded", 503, -32603, true),
  /** A stored secret cannot be read. */
  ENVELOPE_INVALID("A stored secret cannot be read", 500, -32603, false),
  /** Decryption failed. */
  DECRYPT_FAILED("Decryption failed", 500, -32603, false),
  /** There is no such MCP server. */
  MCP_SERVER_NOT_FOUND("There is no such MCP server", 404, -32001, false),
  /** An MCP server with this name exists. */
  MCP_SERVER_EXISTS("An MCP server with this name exists", 409, -32001, false),
  /** The message is not a single MCP JSON-RPC message. */
  MCP_PROTOCOL("The message is not a single MCP JSON-RPC message", 400, -32600, false),
  /** The upstream's address is not allowed. */
  UPSTREAM_ADDRESS_FORBIDDEN("The upstream's address is not allowed", 400, -32602, false),
  /** The upstream did not answer in time. */
  UPSTREAM_TIMEOUT("The upstream did not answer in time", 504, -32001, true),
  /** The upstream failed. */
  UPSTREAM_5XX("The upstream failed", 502, -32001, true),
  /** The upstream refused the request. */
  UPSTREAM_4XX("The upstream refused the request", 502, -32001, false),
  /** The upstream cannot be reached. */
  UPSTREAM_UNAVAILABLE("The upstream cannot be reached", 502, -32001, true),
  /** The upstream's answer is too large. */
  UPSTREAM_RESPONSE_TOO_LARGE("The upstream's answer is too large", 502, -32001, false),
  /** The database cannot be reached. */
  DATABASE_UNAVAILABLE("The database cannot be reached", 503, -32002, true),
  /** The limiter store cannot be reached. */
  REDIS_UNAVAILABLE("The limiter store cannot be reached", 503, -32002, true),
  /** The server is shutting down. */
  SERVER_SHUTTING_DOWN("The server is shutting down", 503, -32002, true),
  /** A setting or registry is not usable. */
  CONFIGURATION_INVALID("A setting or registry is not usable", 500, -32603, false),
  /** Something is broken inside the server. */
  INTERNAL("Something is broken inside the server", 500, -32603, false);

  private final String title;
  private final int httpStatus;
  private final int jsonRpcCode;
  private final boolean retryable;

  ErrorCode(String title, int httpStatus, int jsonRpcCode, boolean retryable) {
    this.title = title;
    this.httpStatus = httpStatus;
    this.jsonRpcCode = jsonRpcCode;
    this.retryable = retryable;
  }

  /** One sentence without a full stop, safe to show to anybody. */
  public String title() {
    return title;
  }

  /** The HTTP status of a problem with this code. */
  public int httpStatus() {
    return httpStatus;
  }

  /** The JSON-RPC error code of an answer with this code. */
  public int jsonRpcCode() {
    return jsonRpcCode;
  }

  /** Whether the same request may succeed later. */
  public boolean retryable() {
    return retryable;
  }
}
