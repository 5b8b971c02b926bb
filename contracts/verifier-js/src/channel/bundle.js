import { keyOfMultikey, multikeyOfDid } from '../did-key.js';
import { isSignature } from '../ed25519.js';
import { fromBase64url, fromTime } from '../encodings.js';
import { optional, requireMembers, text } from '../form.js';
import { formed, refuseUnless, require } from '../refusal.js';
import { KEY_SIZE } from './keys.js';
import { isPublicKey } from './ml-kem.js';
import { choose, PQXDH, readSuites } from './suites.js';

const ID = /^[A-Za-z0-9_-]{1,64}$/;
const KINDS = ['last-resort', 'one-time'];
const SIGNATURE_SIZE = 64;

const b64u = (bytes) => bytes.toString('base64url');

/** What an agent's Ed25519 key signs for its identity key. */
export const keyAgreementText = (did, publicKey) => ['talos:key-agreement:v1', did, b64u(publicKey)].join('\n');

/** What it signs for its signed prekey. */
export const signedPrekeyText = (did, { id, publicKey, expiresAt, suites }) =>
  ['talos:signed-prekey:v2', did, id, b64u(publicKey), expiresAt, suites.join(',')].join('\n');

/** What it signs for a KEM prekey. */
export const kemPrekeyText = (did, { id, kind, publicKey, expiresAt }) =>
  ['talos:kem-prekey:v1', did, id, kind, b64u(publicKey), expiresAt].join('\n');

/** Bytes of base64url, exactly so many. */
export function bytesOf(value, size) {
  const bytes = fromBase64url(text(value));
  require(bytes.length === size, `not ${size} bytes`);
  return bytes;
}

/** The id of a prekey. */
export function idOf(value) {
  require(ID.test(text(value)), 'not the id of a prekey');
  return value;
}

/** The Ed25519 key of a DID, which is in its one form. */
export const keyOfDid = (did) => keyOfMultikey(multikeyOfDid(text(did)));

const keyOf = (value) => bytesOf(value, KEY_SIZE);
const signatureOf = (value) => bytesOf(value, SIGNATURE_SIZE);

function timeOf(value) {
  fromTime(text(value));
  return value;
}

function readKeyAgreement(value) {
  requireMembers(value, ['public_key', 'signature']);
  return { publicKey: keyOf(value.get('public_key')), signature: signatureOf(value.get('signature')) };
}

function readSignedPrekey(value) {
  requireMembers(value, ['id', 'public_key', 'expires_at', 'suites', 'signature']);
  return {
    id: idOf(value.get('id')),
    publicKey: keyOf(value.get('public_key')),
    expiresAt: timeOf(value.get('expires_at')),
    suites: readSuites(value.get('suites')),
    signature: signatureOf(value.get('signature')),
  };
}

function readOneTimePrekey(value) {
  requireMembers(value, ['id', 'public_key']);
  return { id: idOf(value.get('id')), publicKey: keyOf(value.get('public_key')) };
}

function readKemPrekey(value) {
  requireMembers(value, ['id', 'kind', 'public_key', 'expires_at', 'signature']);
  require(KINDS.includes(value.get('kind')), 'not a kind of KEM prekeys');
  return {
    id: idOf(value.get('id')),
    kind: value.get('kind'),
    publicKey: fromBase64url(text(value.get('public_key'))),
    expiresAt: timeOf(value.get('expires_at')),
    signature: signatureOf(value.get('signature')),
  };
}

/** Reads a bundle: its form, not yet whether it holds. A key history is for who knows the key that speaks now. */
function readBundle(value) {
  requireMembers(value, ['did', 'key_agreement', 'signed_prekey'], ['one_time_prekey', 'kem_prekey', 'key_history']);
  return {
    did: value.get('did'),
    key: keyOfDid(value.get('did')),
    keyAgreement: readKeyAgreement(value.get('key_agreement')),
    signedPrekey: readSignedPrekey(value.get('signed_prekey')),
    oneTimePrekey: optional(value.get('one_time_prekey'), readOneTimePrekey),
    kemPrekey: optional(value.get('kem_prekey'), readKemPrekey),
  };
}

/**
 * A bundle that holds, for somebody who means this DID and speaks these suites; with the suite. `responderKey` is the key that speaks for the
 * DID where a key history says that it is another than the DID's own.
 */
export function verifyBundle(value, { responderDid, responderKey, suites, now }) {
  const bundle = formed('PREKEY_INVALID', () => readBundle(value));
  const { did, keyAgreement, signedPrekey, kemPrekey } = bundle;
  const signed = (part, message) =>
    refuseUnless(isSignature(part.signature, Buffer.from(message), responderKey ?? bundle.key), 'X3DH_INVALID_SIGNATURE', 'does not verify');
  const lives = (part) => refuseUnless(now < fromTime(part.expiresAt), 'PREKEY_INVALID', 'a prekey is over');

  refuseUnless(did === responderDid, 'X3DH_INVALID_SIGNATURE', 'the bundle of somebody else');
  signed(keyAgreement, keyAgreementText(did, keyAgreement.publicKey));
  signed(signedPrekey, signedPrekeyText(did, signedPrekey));
  if (kemPrekey) signed(kemPrekey, kemPrekeyText(did, kemPrekey));
  lives(signedPrekey);
  if (kemPrekey) lives(kemPrekey);
  refuseUnless(!kemPrekey || isPublicKey(kemPrekey.publicKey), 'PREKEY_INVALID', 'no encapsulation key');
  refuseUnless(kemPrekey || !signedPrekey.suites.includes(PQXDH), 'TALOS_PROTOCOL_MISMATCH', 'the KEM prekey was kept back');
  const suite = choose(suites, signedPrekey.suites);
  refuseUnless(suite, 'TALOS_PROTOCOL_MISMATCH', 'no suite for both');
  return { ...bundle, suite };
}
