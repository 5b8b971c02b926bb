package io.talos.system;

import io.talos.contracts.Bytes;
import io.talos.contracts.capability.Constraint;
import io.talos.contracts.capability.Link;
import io.talos.contracts.capability.Rights;
import io.talos.contracts.capability.Scope;
import io.talos.contracts.capability.Terms;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.did.Did;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Terms of a capability that nobody has checked, one member changed at a time. */
record Draft(
    Did issuer,
    Did subject,
    Optional<String> audience,
    List<Scope> scope,
    Instant expiresAt,
    int depth,
    OptionalLong calls,
    List<Constraint> constraints,
    Optional<Bytes> parent) {
  static Draft of(Terms t) {
    return new Draft(
        t.issuer(),
        t.subject(),
        t.audience(),
        t.scope(),
        t.expiresAt(),
        t.delegationDepth(),
        t.calls(),
        t.constraints(),
        t.parent());
  }

  Draft under(Link link) {
    return new Draft(
        issuer,
        subject,
        Optional.empty(),
        scope,
        expiresAt,
        Math.max(0, depth - 1),
        calls,
        constraints,
        Optional.of(link.hash()));
  }

  Draft by(String did) {
    return new Draft(
        Did.parse(did), subject, audience, scope, expiresAt, depth, calls, constraints, parent);
  }

  Draft to(String did) {
    return new Draft(
        issuer, Did.parse(did), audience, scope, expiresAt, depth, calls, constraints, parent);
  }

  Draft scope(Scope other) {
    return new Draft(
        issuer, subject, audience, List.of(other), expiresAt, depth, calls, constraints, parent);
  }

  Draft until(Instant end) {
    return new Draft(issuer, subject, audience, scope, end, depth, calls, constraints, parent);
  }

  Draft depth(int other) {
    return new Draft(
        issuer, subject, audience, scope, expiresAt, other, calls, constraints, parent);
  }

  Draft calls(OptionalLong other) {
    return new Draft(
        issuer, subject, audience, scope, expiresAt, depth, other, constraints, parent);
  }

  Draft constraints(List<Constraint> others) {
    return new Draft(issuer, subject, audience, scope, expiresAt, depth, calls, others, parent);
  }

  Draft audience(String other) {
    return new Draft(
        issuer, subject, Optional.of(other), scope, expiresAt, depth, calls, constraints, parent);
  }

  Terms terms() {
    Rights rights = Rights.of(scope, expiresAt).withDelegationDepth(depth).withCalls(calls);
    return new Terms(
        Notes.freshId(),
        issuer,
        Optional.empty(),
        subject,
        audience,
        Notes.now(),
        rights.withConstraints(constraints),
        parent);
  }

  Link signed(Ed25519.KeyPair key) {
    Terms terms = terms();
    return new Link(terms, key.sign(terms.signed()));
  }
}
