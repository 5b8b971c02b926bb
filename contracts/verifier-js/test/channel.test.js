import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { keyAgreementText, kemPrekeyText, signedPrekeyText } from '../src/channel/bundle.js';
import { askChannel } from '../src/channel/cases.js';
import { publicKeyOf, signerOf } from '../src/channel/keys.js';
import { publicKeyOf as kemPublicKeyOf } from '../src/channel/ml-kem.js';
import { accept, open } from '../src/channel/opening.js';
import { receive, send } from '../src/channel/ratchet.js';
import { readState, writeState } from '../src/channel/state.js';
import { SUITES } from '../src/channel/suites.js';
import { readJson } from '../src/json.js';

const now = Date.UTC(2026, 2, 1, 12);
const expiresAt = '2026-03-08T12:00:00.000Z';
const b64u = (bytes) => bytes.toString('base64url');
const refusedWith = (code) => (refused) => refused.code === code;

const agent = () => ({ signer: signerOf(randomBytes(32)), identityPrivate: randomBytes(32) });

function responder(suites) {
  const me = {
    ...agent(),
    signedPrekeys: [{ id: 'spk', private: randomBytes(32), expiresAt, suites }],
    oneTimePrekeys: [{ id: 'opk', private: randomBytes(32) }],
    kemPrekeys: [{ id: 'kem', kind: 'one-time', seed: randomBytes(64), expiresAt }],
  };
  return { me, bundle: readJson(JSON.stringify(bundleOf(me))) };
}

function bundleOf({ signer, identityPrivate, signedPrekeys: [spk], oneTimePrekeys: [opk], kemPrekeys: [kem] }) {
  const identityKey = publicKeyOf(identityPrivate);
  const signedPrekey = { ...spk, publicKey: publicKeyOf(spk.private) };
  const kemPrekey = { ...kem, publicKey: kemPublicKeyOf(kem.seed) };
  const sign = (text) => b64u(signer.sign(text));
  const { id, suites } = spk;
  return {
    did: signer.did,
    key_agreement: { public_key: b64u(identityKey), signature: sign(keyAgreementText(signer.did, identityKey)) },
    signed_prekey: { id, suites, public_key: b64u(signedPrekey.publicKey), expires_at: expiresAt, signature: sign(signedPrekeyText(signer.did, signedPrekey)) },
    one_time_prekey: { id: opk.id, public_key: b64u(publicKeyOf(opk.private)) },
    kem_prekey: { id: kem.id, kind: kem.kind, public_key: b64u(kemPrekey.publicKey), expires_at: expiresAt, signature: sign(kemPrekeyText(signer.did, kemPrekey)) },
  };
}

function channel(suites) {
  const alice = agent();
  const bob = responder(suites);
  const opened = open(bob.bundle, { me: alice, suites, responderDid: bob.me.signer.did, now, draw: randomBytes });
  const accepted = accept(opened.message, { me: bob.me, initiatorDid: alice.signer.did, now });
  return { alice: opened.state, bob: accepted.state, accepted, message: opened.message };
}

const say = (state, text) => send(state, Buffer.from(text), randomBytes);
const hear = (state, { header, ciphertext }) => receive(state, header, ciphertext);
const text = ({ plaintext }) => plaintext.toString();
const stored = (state) => readState(writeState(state));

for (const suites of [SUITES, ['talos-x3dh-2']]) {
  test(`Alice and Bob talk in ${suites[0]}, and what overtakes is read once`, () => {
    let { alice, bob } = channel(suites);
    assert.equal(alice.suite, suites[0]);
    for (let turn = 0; turn < 3; turn++) {
      const sent = [];
      for (let i = 0; i < 5; i++) {
        const said = say(alice, `${turn} ${i}`);
        alice = stored(said.state);
        sent.push(said);
      }
      for (const i of [4, 0, 3, 1]) {
        const heard = hear(bob, sent[i]);
        assert.equal(text(heard), `${turn} ${i}`);
        bob = stored(heard.state);
        assert.throws(() => hear(bob, sent[i]), refusedWith('RATCHET_AUTH_FAILED'));
      }
      const answer = say(bob, 'yes');
      bob = answer.state;
      const heard = hear(alice, answer);
      assert.equal(text(heard), 'yes');
      alice = heard.state;
      assert.equal(bob.skipped.length, turn + 1, 'number 2 of each turn is still missing');
    }
  });
}

test('a one-time prekey is spent, and the opening cannot be accepted again with what is left', () => {
  const suites = SUITES;
  const alice = agent();
  const bob = responder(suites);
  const { message } = open(bob.bundle, { me: alice, suites, responderDid: bob.me.signer.did, now, draw: randomBytes });
  const { oneTimePrekeys, kemPrekeys } = accept(message, { me: bob.me, initiatorDid: alice.signer.did, now });
  assert.deepEqual([oneTimePrekeys, kemPrekeys], [[], []]);
  const spent = { ...bob.me, oneTimePrekeys, kemPrekeys };
  assert.throws(() => accept(message, { me: spent, initiatorDid: alice.signer.did, now }), refusedWith('X3DH_MISSING_PREKEY'));
});

test('a key that waited for more than 1024 messages is forgotten', () => {
  let { alice, bob } = channel(SUITES);
  const late = say(alice, 'late');
  alice = late.state;
  for (let i = 0; i <= 1024; i++) {
    const said = say(alice, String(i));
    alice = said.state;
    bob = hear(bob, said).state;
    assert.equal(bob.skipped.length, i < 1024 ? 1 : 0, `after ${i + 1}`);
  }
  assert.throws(() => hear(bob, late), refusedWith('RATCHET_AUTH_FAILED'));
});

test('the cases can fail: a changed answer disagrees, and what is not known is an error', () => {
  let [disagreed, accepted] = [0, 0];
  for (const name of ['x3dh-2', 'pqxdh-2', 'ratchet-2', 'frame-2']) {
    const file = JSON.parse(readFileSync(new URL(`../../vectors/channel/${name}.json`, import.meta.url), 'utf8'));
    for (const group of file.testGroups) {
      const valid = group.tests.find((each) => each.result === 'valid');
      const ask = (changed) => askChannel(group, { ...valid, ...changed }, file.notes);
      assert.ok(ask({}).agrees);
      accepted++;
      for (const answer of Object.keys(ask({}).expected)) {
        if (answer === 'state_hex' && group.type === 'State') continue;
        if (['frame', 'header_hex'].includes(answer) && ['FrameCheck', 'Header'].includes(group.type)) continue;
        assert.equal(ask({ [answer]: 'another' }).agrees, false, `${group.type} ${answer}`);
        disagreed++;
      }
      const { [Object.keys(ask({}).expected)[0]]: _, ...without } = valid;
      assert.ok(group.type === 'FrameCheck' || !askChannel(group, without, file.notes).agrees, `${group.type} without an answer`);
      assert.throws(() => ask({ surprise: 1 }), /unknown surprise/);
      assert.throws(() => ask({ flags: ['Surprise'] }), /unknown Surprise/);
      assert.throws(() => ask({ result: 'acceptable' }), /unknown result/);
    }
    assert.throws(() => askChannel({ type: 'Surprise' }, {}, {}), /unknown type/);
  }
  assert.ok(accepted > 10 && disagreed > 50);
});
