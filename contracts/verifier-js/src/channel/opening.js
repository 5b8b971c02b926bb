import { timingSafeEqual } from 'node:crypto';
import { isSignature } from '../ed25519.js';
import { fromTime, sha256 } from '../encodings.js';
import { formed, refuseUnless } from '../refusal.js';
import { keyAgreementText, verifyBundle } from './bundle.js';
import { readInitialMessage, writeInitialMessage } from './initial-message.js';
import { dh, hkdf, hmac, KEY_SIZE, publicKeyOf } from './keys.js';
import { decapsulate, encapsulate, publicKeyOf as kemPublicKeyOf } from './ml-kem.js';
import { initiatorState, responderState } from './ratchet.js';
import { choose, PQXDH } from './suites.js';

const GRACE = 24 * 60 * 60 * 1000;
const FIRST = Buffer.alloc(32, 0xff);
const NO_SALT = Buffer.alloc(32);
const LABELS = { 'talos-x3dh-2': ['talos:x3dh-2', 'v2'], 'talos-pqxdh-2': ['talos:pqxdh-2', 'v1'] };

function field(value) {
  const bytes = Buffer.from(value ?? '');
  const size = Buffer.alloc(2);
  size.writeUInt16BE(bytes.length);
  return Buffer.concat([size, bytes]);
}

/** From what both sides know and the results of their DHs to the keys of the channel, step by step. */
function derive(known, secrets) {
  const { suite, suites, responderSuites, initiatorDid, identityKey, responderDid, responderIdentityKey, ephemeralKey, ratchetKey } = known;
  const [label, version] = LABELS[suite];
  const fields = [
    suite, suites.join(','), responderSuites.join(','), initiatorDid, identityKey, responderDid, responderIdentityKey, ephemeralKey, ratchetKey,
    known.signedPrekeyId, known.signedPrekey, known.oneTimePrekeyId, known.oneTimePrekey,
  ];
  if (suite === PQXDH) fields.push(known.kemPrekeyId, known.kemPrekey, known.kemCiphertext);
  const contextInput = Buffer.concat([Buffer.from(`${label}:context:${version}\n`), ...fields.map(field)]);
  const context = sha256(contextInput);
  const keyMaterial = Buffer.concat([FIRST, ...secrets]);
  const derived = hkdf(NO_SALT, keyMaterial, Buffer.concat([Buffer.from(`${label}:secret:v1\n`), context]), 64);
  return {
    contextInput,
    context,
    keyMaterial,
    derived,
    rootKey: derived.subarray(0, 32),
    confirmation: hmac(derived.subarray(32), `${label}:confirmation:v1\n`, context),
  };
}

/**
 * The initiator's side, with a bundle that a server gave it: {message, state, steps}. `me` is {signer, identityPrivate}; `draw` gives so many
 * random bytes.
 */
export function open(bundleValue, { me, suites, responderDid, responderKey, now, draw }) {
  const bundle = verifyBundle(bundleValue, { responderDid, responderKey, suites, now });
  const { suite, signedPrekey, oneTimePrekey } = bundle;
  const kemPrekey = suite === PQXDH ? bundle.kemPrekey : undefined;
  const ephemeral = draw(KEY_SIZE);
  const ratchet = draw(KEY_SIZE);
  const kem = kemPrekey && encapsulate(kemPrekey.publicKey, draw(32));
  const dhs = formed('RATCHET_INVALID_DH_KEY', () => [
    dh(me.identityPrivate, signedPrekey.publicKey),
    dh(ephemeral, bundle.keyAgreement.publicKey),
    dh(ephemeral, signedPrekey.publicKey),
    ...(oneTimePrekey ? [dh(ephemeral, oneTimePrekey.publicKey)] : []),
  ]);
  const identityKey = publicKeyOf(me.identityPrivate);
  const message = {
    suite,
    suites,
    initiatorDid: me.signer.did,
    responderDid,
    identityKey,
    identityKeySignature: me.signer.sign(keyAgreementText(me.signer.did, identityKey)),
    ephemeralKey: publicKeyOf(ephemeral),
    ratchetKey: publicKeyOf(ratchet),
    signedPrekeyId: signedPrekey.id,
    oneTimePrekeyId: oneTimePrekey?.id,
    kemPrekeyId: kemPrekey?.id,
    kemCiphertext: kem?.ciphertext,
  };
  const theirs = {
    responderSuites: signedPrekey.suites,
    responderIdentityKey: bundle.keyAgreement.publicKey,
    signedPrekey: signedPrekey.publicKey,
    oneTimePrekey: oneTimePrekey?.publicKey,
    kemPrekey: kemPrekey?.publicKey,
  };
  const derivation = derive({ ...message, ...theirs }, kem ? [...dhs, kem.secret] : dhs);
  return {
    message: writeInitialMessage({ ...message, confirmation: derivation.confirmation }),
    state: initiatorState(suite, derivation, ratchet, signedPrekey.publicKey),
    steps: { dhs, kemSecret: kem?.secret, ...derivation },
  };
}

/**
 * The responder's side: {initiatorDid, state, oneTimePrekeys, kemPrekeys (what is left of them), steps}. `me` is {signer, identityPrivate,
 * signedPrekeys [{id, private, expiresAt, suites}], oneTimePrekeys [{id, private}], kemPrekeys [{id, kind, seed, expiresAt}]}.
 */
export function accept(written, { me, initiatorDid, initiatorKey, now }) {
  const message = readInitialMessage(written);
  verifySender(message, me.signer.did, initiatorDid, initiatorKey);
  const prekeys = findPrekeys(message, me, now);
  const { signedPrekey, oneTimePrekey, kemPrekey } = prekeys;

  const { dhs, kemSecret } = formed('RATCHET_AUTH_FAILED', () => ({
    dhs: [
      dh(signedPrekey.private, message.identityKey),
      dh(me.identityPrivate, message.ephemeralKey),
      dh(signedPrekey.private, message.ephemeralKey),
      ...(oneTimePrekey ? [dh(oneTimePrekey.private, message.ephemeralKey)] : []),
    ],
    kemSecret: kemPrekey && decapsulate(kemPrekey.seed, message.kemCiphertext),
  }));
  const ours = {
    responderSuites: signedPrekey.suites,
    responderIdentityKey: publicKeyOf(me.identityPrivate),
    signedPrekey: publicKeyOf(signedPrekey.private),
    oneTimePrekey: oneTimePrekey && publicKeyOf(oneTimePrekey.private),
    kemPrekey: kemPrekey && kemPublicKeyOf(kemPrekey.seed),
  };
  const derivation = derive({ ...message, ...ours }, kemSecret ? [...dhs, kemSecret] : dhs);
  refuseUnless(timingSafeEqual(derivation.confirmation, message.confirmation), 'RATCHET_AUTH_FAILED', 'another confirmation');
  return {
    initiatorDid: message.initiatorDid,
    state: responderState(message.suite, derivation, signedPrekey.private, message.ratchetKey),
    oneTimePrekeys: me.oneTimePrekeys.filter((prekey) => prekey !== oneTimePrekey),
    kemPrekeys: me.kemPrekeys.filter((prekey) => prekey !== kemPrekey || prekey.kind === 'last-resort'),
    steps: { dhs, kemSecret, ...derivation },
  };
}

function verifySender(message, ourDid, initiatorDid, initiatorKey) {
  const isRight = message.responderDid === ourDid && message.initiatorDid === initiatorDid && initiatorDid !== ourDid;
  refuseUnless(isRight, 'RATCHET_AUTH_FAILED', 'of somebody else, or to somebody else');
  const certificate = Buffer.from(keyAgreementText(initiatorDid, message.identityKey));
  const holds = isSignature(message.identityKeySignature, certificate, initiatorKey ?? message.initiatorKey);
  refuseUnless(holds, 'RATCHET_AUTH_FAILED', 'the certificate does not verify');
}

function findPrekeys(message, me, now) {
  const named = (prekeys, id) => {
    const found = prekeys.find((prekey) => prekey.id === id);
    refuseUnless(found, 'X3DH_MISSING_PREKEY', `no prekey ${id}`);
    return found;
  };
  const lives = (prekey) => refuseUnless(now < fromTime(prekey.expiresAt) + GRACE, 'PREKEY_INVALID', 'a prekey ended long ago');

  const signedPrekey = named(me.signedPrekeys, message.signedPrekeyId);
  lives(signedPrekey);
  refuseUnless(choose(message.suites, signedPrekey.suites) === message.suite, 'TALOS_PROTOCOL_MISMATCH', 'not the best suite of both');
  const oneTimePrekey = message.oneTimePrekeyId === undefined ? undefined : named(me.oneTimePrekeys, message.oneTimePrekeyId);
  const kemPrekey = message.kemPrekeyId === undefined ? undefined : named(me.kemPrekeys, message.kemPrekeyId);
  if (kemPrekey) lives(kemPrekey);
  return { signedPrekey, oneTimePrekey, kemPrekey };
}
