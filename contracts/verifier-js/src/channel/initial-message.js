import { requireMembers, text } from '../form.js';
import { canonical, readJson } from '../json.js';
import { formed, refuseUnless, require } from '../refusal.js';
import { bytesOf, idOf, keyOfDid } from './bundle.js';
import { KEY_SIZE } from './keys.js';
import { CIPHERTEXT_SIZE } from './ml-kem.js';
import { PQXDH, readSuites, SUITES } from './suites.js';

const LONGEST = 6144;
const NEEDED = [
  'suite', 'suites', 'initiator_did', 'responder_did', 'identity_key', 'identity_key_signature', 'ephemeral_key', 'ratchet_key',
  'signed_prekey_id', 'confirmation',
];

/** The text of an initial message. */
export function writeInitialMessage(message) {
  const b64u = (bytes) => bytes.toString('base64url');
  const members = {
    suite: message.suite,
    suites: message.suites,
    initiator_did: message.initiatorDid,
    responder_did: message.responderDid,
    identity_key: b64u(message.identityKey),
    identity_key_signature: b64u(message.identityKeySignature),
    ephemeral_key: b64u(message.ephemeralKey),
    ratchet_key: b64u(message.ratchetKey),
    signed_prekey_id: message.signedPrekeyId,
    confirmation: b64u(message.confirmation),
  };
  if (message.oneTimePrekeyId !== undefined) members.one_time_prekey_id = message.oneTimePrekeyId;
  if (message.kemPrekeyId !== undefined) {
    members.kem_prekey_id = message.kemPrekeyId;
    members.kem_ciphertext = b64u(message.kemCiphertext);
  }
  return canonical(new Map(Object.entries(members)));
}

/** Reads an initial message of one of our suites. */
export function readInitialMessage(written) {
  const map = formed('RATCHET_INVALID_HEADER', () => {
    require(Buffer.byteLength(written) <= LONGEST, 'too long');
    const value = readJson(written);
    require(value instanceof Map && typeof value.get('suite') === 'string', 'not an initial message');
    return value;
  });
  refuseUnless(SUITES.includes(map.get('suite')), 'TALOS_PROTOCOL_MISMATCH', 'another suite');
  return formed('RATCHET_INVALID_HEADER', () => {
    require(canonical(map) === written, 'not canonical');
    return readMembers(map);
  });
}

function readMembers(map) {
  const isHybrid = map.get('suite') === PQXDH;
  requireMembers(map, isHybrid ? [...NEEDED, 'kem_prekey_id', 'kem_ciphertext'] : NEEDED, ['one_time_prekey_id']);
  keyOfDid(map.get('responder_did'));
  const key = (name) => bytesOf(map.get(name), KEY_SIZE);
  return {
    suite: map.get('suite'),
    suites: readSuites(map.get('suites')),
    initiatorDid: text(map.get('initiator_did')),
    initiatorKey: keyOfDid(map.get('initiator_did')),
    responderDid: map.get('responder_did'),
    identityKey: key('identity_key'),
    identityKeySignature: bytesOf(map.get('identity_key_signature'), 64),
    ephemeralKey: key('ephemeral_key'),
    ratchetKey: key('ratchet_key'),
    signedPrekeyId: idOf(map.get('signed_prekey_id')),
    oneTimePrekeyId: map.has('one_time_prekey_id') ? idOf(map.get('one_time_prekey_id')) : undefined,
    kemPrekeyId: isHybrid ? idOf(map.get('kem_prekey_id')) : undefined,
    kemCiphertext: isHybrid ? bytesOf(map.get('kem_ciphertext'), CIPHERTEXT_SIZE) : undefined,
    confirmation: key('confirmation'),
  };
}
