import { randomBytes } from 'node:crypto';
import type { Signer } from 'talos-capability-verifier/src/channel/keys.js';
import { sha256 } from 'talos-capability-verifier/src/encodings.js';

const LIFETIME_SECONDS = 30;

export interface Unsigned {
  readonly method: string;
  /** The server's public base URI, followed by path and query as they stand in the request line. */
  readonly targetUri: string;
  readonly body?: Uint8Array;
  readonly capability?: string;
}

/**
 * The headers that sign a request (RFC 9421, RFC 9530, docs/reference/request-signing.md), by lower-case name. The body and the capability are
 * covered where there are any.
 */
export function signatureHeaders(
  request: Unsigned,
  signer: Signer,
  now = Date.now(),
  nonce: Buffer = randomBytes(16),
): Record<string, string> {
  const headers: Record<string, string> = {};
  if (request.body !== undefined && request.body.length > 0) {
    headers['content-digest'] = `sha-256=:${sha256(request.body).toString('base64')}:`;
  }
  if (request.capability !== undefined) headers['talos-capability'] = request.capability;

  const covered: [string, string][] = [
    ['@method', request.method],
    ['@target-uri', request.targetUri],
    ...Object.entries(headers),
  ];
  const created = Math.floor(now / 1000);
  const keyId = `${signer.did}#${signer.did.slice('did:key:'.length)}`;
  const parameters =
    `(${covered.map(([name]) => `"${name}"`).join(' ')});created=${created};expires=${created + LIFETIME_SECONDS}` +
    `;nonce="${nonce.toString('base64url')}";keyid="${keyId}";alg="ed25519";tag="talos"`;
  const lines = [...covered, ['@signature-params', parameters] as const].map(([name, value]) => `"${name}": ${value}`);
  return {
    ...headers,
    'signature-input': `talos=${parameters}`,
    signature: `talos=:${signer.sign(lines.join('\n')).toString('base64')}:`,
  };
}
