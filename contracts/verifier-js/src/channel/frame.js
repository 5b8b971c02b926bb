import { isSignature } from '../ed25519.js';
import { fromBase64url, fromTime, sha256Hex } from '../encodings.js';
import { integer, requireMembers, text } from '../form.js';
import { canonical, JsonNumber } from '../json.js';
import { formed, refuseUnless, require } from '../refusal.js';

const DIGESTED = ['schema_id', 'schema_version', 'session_id', 'sender_id', 'sender_seq', 'header_b64u', 'ciphertext_hash'];
const OTHERS = ['ciphertext_b64u', 'frame_digest', 'created_at', 'expires_at', 'signature'];
const SCHEMA = { schema_id: 'talos.a2a.encrypted_frame', schema_version: 'v2' };
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const SHA256 = /^[0-9a-f]{64}$/;
const LONGEST = { sender: 255, header: 683, ciphertext: 1500000 };
const CIPHERTEXT_MAX = 2 ** 20;

const digestOf = (frame) => sha256Hex(canonical(new Map(DIGESTED.map((name) => [name, frame.get(name)]))));
const signedText = (frame) => ['talos:frame:v2', frame.get('frame_digest'), frame.get('expires_at')].join('\n');

/** A signed frame, as a Map. */
export function signFrame(signer, { sessionId, senderSeq, header, ciphertext, createdAt, expiresAt }) {
  const frame = new Map(
    Object.entries({
      ...SCHEMA,
      session_id: sessionId,
      sender_id: signer.did,
      sender_seq: new JsonNumber(String(senderSeq)),
      header_b64u: header.toString('base64url'),
      ciphertext_b64u: ciphertext.toString('base64url'),
      ciphertext_hash: sha256Hex(ciphertext),
      created_at: createdAt,
      expires_at: expiresAt,
    }),
  );
  frame.set('frame_digest', digestOf(frame));
  return frame.set('signature', signer.sign(signedText(frame)).toString('base64url'));
}

/** The header and ciphertext of a frame that its sender signed and that has not expired. Which numbers came before is for who remembers. */
export function checkFrame(frame, senderKey, now) {
  const { header, ciphertext, signature, expiresAt } = formed('A2A_FRAME_SCHEMA_INVALID', () => readFrame(frame));
  refuseUnless(ciphertext.length <= CIPHERTEXT_MAX, 'A2A_FRAME_SIZE_EXCEEDED', 'too large');
  refuseUnless(sha256Hex(ciphertext) === frame.get('ciphertext_hash'), 'A2A_FRAME_CIPHERTEXT_HASH_MISMATCH', 'another ciphertext');
  refuseUnless(digestOf(frame) === frame.get('frame_digest'), 'A2A_FRAME_DIGEST_MISMATCH', 'another frame');
  refuseUnless(isSignature(signature, Buffer.from(signedText(frame)), senderKey), 'A2A_FRAME_SIGNATURE_INVALID', 'does not verify');
  refuseUnless(now < expiresAt, 'A2A_FRAME_EXPIRED', 'over');
  return { header, ciphertext };
}

function readFrame(frame) {
  requireMembers(frame, [...DIGESTED, ...OTHERS]);
  for (const [name, value] of Object.entries(SCHEMA)) require(frame.get(name) === value, `another ${name}`);
  require(UUID_V7.test(text(frame.get('session_id'))), 'not a session');
  require(text(frame.get('sender_id'), LONGEST.sender).length > 0, 'no sender');
  integer(frame.get('sender_seq'), 0, Number.MAX_SAFE_INTEGER);
  for (const name of ['ciphertext_hash', 'frame_digest']) require(SHA256.test(text(frame.get(name))), `${name} is no hash`);
  const bytes = (name, longest) => {
    const value = fromBase64url(text(frame.get(name), longest));
    require(value.length > 0, `${name} is empty`);
    return value;
  };
  const signature = bytes('signature', 86);
  require(signature.length === 64, 'not a signature');
  const expiresAt = fromTime(text(frame.get('expires_at')));
  require(fromTime(text(frame.get('created_at'))) < expiresAt, 'it ends before it begins');
  return { header: bytes('header_b64u', LONGEST.header), ciphertext: bytes('ciphertext_b64u', LONGEST.ciphertext), signature, expiresAt };
}
