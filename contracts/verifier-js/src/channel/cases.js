import { isDeepStrictEqual } from 'node:util';
import { fromTime, sha256Hex } from '../encodings.js';
import { canonical, readJson } from '../json.js';
import { formed, Refusal, refuseUnless } from '../refusal.js';
import { keyAgreementText, kemPrekeyText, signedPrekeyText } from './bundle.js';
import { checkFrame, signFrame } from './frame.js';
import { publicKeyOf, signerOf } from './keys.js';
import { decapsulate, encapsulate, publicKeyOf as kemPublicKeyOf } from './ml-kem.js';
import { accept, open } from './opening.js';
import { bucketOf, pad, unpad } from './padding.js';
import { readHeader, receive, send, writeHeader } from './ratchet.js';
import { readState, writeState } from './state.js';
import { choose, readSuites } from './suites.js';

const TEST = ['tcId', 'comment', 'flags', 'result'];
const LARGE_STATE = 1024;
const STEPS = ['dh1_hex', 'dh2_hex', 'dh3_hex', 'dh4_hex', 'kem_secret_hex', 'context_input_hex', 'context_hex', 'key_material_hex', 'derived_hex'];
const NEXT_STATE = ['next_state_hex', 'next_state_sha256'];
const MESSAGE_STEPS = ['message_key_hex', 'aead_key_hex', 'nonce_hex'];
const SIGNED = ['public_key_hex', 'signed_text', 'signature_hex'];

/** For each type of a group: the members that a test has, those that a valid one has too, and what this verifier says. */
const TYPES = {
  IdentityKey: { inputs: ['signing_seed_hex', 'private_hex'], answers: ['did', ...SIGNED], ask: askIdentityKey },
  SignedPrekey: { inputs: ['signing_seed_hex', 'private_hex', 'id', 'expires_at', 'suites'], answers: SIGNED, ask: askSignedPrekey },
  KemPrekey: { inputs: ['signing_seed_hex', 'seed_hex', 'id', 'kind', 'expires_at'], answers: SIGNED, ask: askKemPrekey },
  KemEncapsulate: { inputs: ['public_key_hex', 'randomness_hex'], answers: ['ciphertext_hex', 'secret_hex'], ask: askEncapsulate },
  KemDecapsulate: { inputs: ['seed_hex', 'ciphertext_hex'], answers: ['public_key_hex', 'secret_hex'], ask: askDecapsulate },
  Choose: { inputs: ['initiator_suites', 'responder_suites'], answers: ['suite'], ask: askChoose },
  Open: {
    inputs: ['initiator_signing_seed_hex', 'initiator_identity_private_hex', 'offered_suites', 'responder_did', 'bundle', 'randomness_hex', 'now'],
    answers: ['initial_message_text', 'state_hex', ...STEPS],
    ask: askOpen,
  },
  Accept: {
    inputs: [
      'responder_signing_seed_hex', 'responder_identity_private_hex', 'signed_prekey', 'one_time_prekeys', 'kem_prekeys', 'initiator_did',
      'initial_message_text', 'now',
    ],
    answers: ['state_hex', 'remaining_one_time_prekeys', 'remaining_kem_prekeys', ...STEPS],
    ask: askAccept,
  },
  Send: {
    inputs: ['state_hex', 'plaintext_hex', 'randomness_hex'],
    answers: ['header_hex', 'ciphertext_hex', ...NEXT_STATE, ...MESSAGE_STEPS, 'padded_hex'],
    ask: askSend,
  },
  Receive: {
    inputs: ['state_hex', 'header_hex', 'ciphertext_hex'],
    answers: ['plaintext_hex', ...NEXT_STATE, ...MESSAGE_STEPS],
    ask: askReceive,
  },
  Run: { inputs: ['state_hex', 'messages'], answers: ['outcomes', ...NEXT_STATE, 'skipped'], ask: askRun },
  State: {
    inputs: ['state_hex'],
    answers: ['suite', 'context_hex', 'own_public_key_hex', 'sent', 'received', 'previous_sent', 'opened', 'skipped', 'state_hex'],
    ask: askState,
  },
  Header: { inputs: ['header_hex'], answers: ['ratchet_key_hex', 'previous_count', 'number', 'header_hex'], ask: askHeader },
  Pad: { inputs: ['plaintext_hex'], answers: ['padded_hex'], ask: (test) => ({ padded_hex: hex(pad(bytes(test.plaintext_hex))) }) },
  Unpad: { inputs: ['padded_hex'], answers: ['plaintext_hex'], ask: (test) => ({ plaintext_hex: hex(unpad(bytes(test.padded_hex))) }) },
  Bucket: { inputs: ['plaintext_size'], answers: ['padded_size'], ask: (test) => ({ padded_size: bucketOf(test.plaintext_size) }) },
  FrameSign: {
    inputs: ['signing_seed_hex', 'session_id', 'sender_seq', 'header_hex', 'ciphertext_hex', 'created_at', 'expires_at'],
    answers: ['frame'],
    ask: askFrameSign,
  },
  FrameCheck: { inputs: ['frame', 'sender_key_hex', 'now'], answers: ['frame'], ask: askFrameCheck },
};

const hex = (some) => some?.toString('hex');
const plain = (map) => JSON.parse(canonical(map));
const mapped = (object) => readJson(JSON.stringify(object));

function bytes(text) {
  const some = Buffer.from(text, 'hex');
  if (hex(some) !== text) throw new Error(`not lower-case hexadecimal: ${text}`);
  return some;
}

/** Draws from what a test holds, from its beginning; nobody may draw more. */
function drawer(text) {
  let rest = bytes(text);
  return (size) => {
    if (size > rest.length) throw new Error('a test has less randomness than is drawn');
    const drawn = rest.subarray(0, size);
    rest = rest.subarray(size);
    return drawn;
  };
}

/** What this verifier says to a test of a group: {expected, given, agrees}. */
export function askChannel(group, test, notes) {
  const type = Object.hasOwn(TYPES, group.type) ? TYPES[group.type] : undefined;
  if (type === undefined) throw new Error(`a group of an unknown type: ${group.type}`);
  const expected = expectedOf(type, test, notes);
  const given = answered(() => type.ask(test));
  return { expected, given, agrees: isDeepStrictEqual(expected, given) };
}

function expectedOf(type, test, notes) {
  const names = { valid: [...TEST, ...type.inputs, ...type.answers], invalid: [...TEST, ...type.inputs, 'error'] }[test.result];
  if (names === undefined) throw new Error(`an unknown result: ${test.result}`);
  const missing = [...type.inputs, ...(test.result === 'invalid' ? ['error'] : [])].filter((name) => test[name] === undefined);
  const unknown = [...Object.keys(test).filter((name) => !names.includes(name)), ...test.flags.filter((flag) => !Object.hasOwn(notes, flag))];
  if (missing.length + unknown.length > 0) throw new Error(`test ${test.tcId}: without ${missing}, with an unknown ${unknown}`);
  if (test.result === 'invalid') return { error: test.error };
  return withoutHoles(Object.fromEntries(type.answers.map((name) => [name, test[name]])));
}

const withoutHoles = (value) => Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));

function answered(question) {
  try {
    return withoutHoles(question());
  } catch (refused) {
    if (refused instanceof Refusal) return { error: refused.code };
    throw refused;
  }
}

function signed(signer, publicKey, text) {
  return { public_key_hex: hex(publicKey), signed_text: text, signature_hex: hex(signer.sign(text)) };
}

function askIdentityKey(test) {
  const signer = signerOf(bytes(test.signing_seed_hex));
  const publicKey = publicKeyOf(bytes(test.private_hex));
  return { did: signer.did, ...signed(signer, publicKey, keyAgreementText(signer.did, publicKey)) };
}

function askSignedPrekey(test) {
  const signer = signerOf(bytes(test.signing_seed_hex));
  const publicKey = publicKeyOf(bytes(test.private_hex));
  return signed(signer, publicKey, signedPrekeyText(signer.did, { ...test, publicKey, expiresAt: test.expires_at }));
}

function askKemPrekey(test) {
  const signer = signerOf(bytes(test.signing_seed_hex));
  const publicKey = kemPublicKeyOf(bytes(test.seed_hex));
  return signed(signer, publicKey, kemPrekeyText(signer.did, { ...test, publicKey, expiresAt: test.expires_at }));
}

function askEncapsulate(test) {
  const { ciphertext, secret } = formed('KEY_INVALID', () => encapsulate(bytes(test.public_key_hex), bytes(test.randomness_hex)));
  return { ciphertext_hex: hex(ciphertext), secret_hex: hex(secret) };
}

function askDecapsulate(test) {
  const seed = bytes(test.seed_hex);
  const secret = formed('KEY_INVALID', () => decapsulate(seed, bytes(test.ciphertext_hex)));
  return { public_key_hex: hex(kemPublicKeyOf(seed)), secret_hex: hex(secret) };
}

function askChoose(test) {
  const [ours, theirs] = formed('RATCHET_INVALID_HEADER', () => [readSuites(test.initiator_suites), readSuites(test.responder_suites)]);
  const suite = choose(ours, theirs);
  refuseUnless(suite, 'TALOS_PROTOCOL_MISMATCH', 'no suite for both');
  return { suite };
}

const stepsOf = ({ dhs, kemSecret, contextInput, context, keyMaterial, derived }) => ({
  dh1_hex: hex(dhs[0]),
  dh2_hex: hex(dhs[1]),
  dh3_hex: hex(dhs[2]),
  dh4_hex: hex(dhs[3]),
  kem_secret_hex: hex(kemSecret),
  context_input_hex: hex(contextInput),
  context_hex: hex(context),
  key_material_hex: hex(keyMaterial),
  derived_hex: hex(derived),
});

function askOpen(test) {
  const me = { signer: signerOf(bytes(test.initiator_signing_seed_hex)), identityPrivate: bytes(test.initiator_identity_private_hex) };
  const { message, state, steps } = open(mapped(test.bundle), {
    me,
    suites: test.offered_suites,
    responderDid: test.responder_did,
    now: fromTime(test.now),
    draw: drawer(test.randomness_hex),
  });
  return { initial_message_text: message, state_hex: hex(writeState(state)), ...stepsOf(steps) };
}

function askAccept(test) {
  const prekey = ({ private_hex, ...rest }) => ({ ...rest, expiresAt: rest.expires_at, private: bytes(private_hex) });
  const me = {
    signer: signerOf(bytes(test.responder_signing_seed_hex)),
    identityPrivate: bytes(test.responder_identity_private_hex),
    signedPrekeys: [prekey(test.signed_prekey)],
    oneTimePrekeys: test.one_time_prekeys.map(prekey),
    kemPrekeys: test.kem_prekeys.map(({ id, kind, seed_hex, expires_at }) => ({ id, kind, seed: bytes(seed_hex), expiresAt: expires_at })),
  };
  const accepted = accept(test.initial_message_text, { me, initiatorDid: test.initiator_did, now: fromTime(test.now) });
  return {
    state_hex: hex(writeState(accepted.state)),
    remaining_one_time_prekeys: accepted.oneTimePrekeys.map(({ id }) => id),
    remaining_kem_prekeys: accepted.kemPrekeys.map(({ id }) => id),
    ...stepsOf(accepted.steps),
  };
}

function nextState(state) {
  const written = writeState(state);
  return written.length > LARGE_STATE ? { next_state_sha256: sha256Hex(written) } : { next_state_hex: hex(written) };
}

const messageSteps = ({ messageKey, key, nonce }) => ({ message_key_hex: hex(messageKey), aead_key_hex: hex(key), nonce_hex: hex(nonce) });

function askSend(test) {
  const { header, ciphertext, state, steps } = send(readState(bytes(test.state_hex)), bytes(test.plaintext_hex), drawer(test.randomness_hex));
  const sealed = { header_hex: hex(header), ciphertext_hex: hex(ciphertext), padded_hex: hex(steps.padded) };
  return { ...sealed, ...nextState(state), ...messageSteps(steps) };
}

function askReceive(test) {
  const before = readState(bytes(test.state_hex));
  try {
    const { plaintext, state, steps } = receive(before, bytes(test.header_hex), bytes(test.ciphertext_hex));
    return { plaintext_hex: hex(plaintext), ...nextState(state), ...messageSteps(steps) };
  } finally {
    if (hex(writeState(before)) !== test.state_hex) throw new Error(`test ${test.tcId}: the state has moved`);
  }
}

function askRun(test) {
  let state = readState(bytes(test.state_hex));
  const outcomes = test.messages.map((message) =>
    answered(() => {
      const received = receive(state, bytes(message.header_hex), bytes(message.ciphertext_hex));
      state = received.state;
      return { plaintext_hex: hex(received.plaintext) };
    }),
  );
  return { outcomes, ...nextState(state), skipped: state.skipped.length };
}

function askState(test) {
  const state = readState(bytes(test.state_hex));
  return {
    suite: state.suite,
    context_hex: hex(state.context),
    own_public_key_hex: hex(publicKeyOf(state.ownPrivate)),
    sent: state.sent,
    received: state.received,
    previous_sent: state.previousSent,
    opened: Number(state.opened),
    skipped: state.skipped.length,
    state_hex: hex(writeState(state)),
  };
}

function askHeader(test) {
  const header = readHeader(bytes(test.header_hex));
  return {
    ratchet_key_hex: hex(header.ratchetKey),
    previous_count: header.previousCount,
    number: header.number,
    header_hex: hex(writeHeader(header)),
  };
}

function askFrameSign(test) {
  const frame = signFrame(signerOf(bytes(test.signing_seed_hex)), {
    sessionId: test.session_id,
    senderSeq: test.sender_seq,
    header: bytes(test.header_hex),
    ciphertext: bytes(test.ciphertext_hex),
    createdAt: test.created_at,
    expiresAt: test.expires_at,
  });
  return { frame: plain(frame) };
}

function askFrameCheck(test) {
  const frame = mapped(test.frame);
  checkFrame(frame, bytes(test.sender_key_hex), fromTime(test.now));
  return { frame: plain(frame) };
}
