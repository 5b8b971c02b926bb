import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { signerOf } from 'talos-capability-verifier/src/channel/keys.js';
import { passOn } from '../target/js/capability.js';
import { Identity } from '../target/js/identity.js';
import { loadIdentity, saveIdentity } from '../target/js/identity-file.js';
import { signatureHeaders } from '../target/js/request-signing.js';

const page = (name) => readFileSync(new URL(`../../../docs/reference/${name}`, import.meta.url), 'utf8');
const alice = signerOf(Buffer.alloc(32, 1));
const noon = Date.UTC(2026, 2, 1, 12);
const nonce = Buffer.from(Array.from({ length: 16 }, (_, i) => i));

test('the worked example of request signing is signed as the page says', () => {
  const targetUri = 'https://talos.example.org/mcp/notes?x=1';
  const headers = signatureHeaders({ method: 'POST', targetUri, body: Buffer.from('{"name":"x"}'), capability: 'W10' }, alice, noon, nonce);
  const block = page('request-signing.md').split('```')[1].replace(/;\n {2}/g, ';');
  for (const [name, value] of Object.entries(headers)) {
    assert.ok(block.toLowerCase().includes(`\n${name}: ${value}\n`.toLowerCase()) && block.includes(value), `${name}: ${value}`);
  }
  assert.equal(Object.keys(headers).length, 4);
  const bare = signatureHeaders({ method: 'GET', targetUri: 'https://talos.example.org/identity/whoami' }, alice, noon, nonce);
  assert.deepEqual(Object.keys(bare), ['signature-input', 'signature']);
  assert.ok(page('request-signing.md').includes(`\`Signature: ${bare.signature}\``));
});

test('the worked example of capabilities is passed on as the page says, and nothing wider', () => {
  const text = page('capability-format.md');
  const chain = text.split('```').find((block) => block.startsWith('\n[{"audience"')).trim();
  const [root, bobs] = JSON.parse(chain);
  const capability = Buffer.from(JSON.stringify([root])).toString('base64url');
  const narrowing = { to: bobs.subject, scope: bobs.scope, expiresAt: bobs.expires_at, delegationDepth: 0, calls: 3 };

  const longer = passOn(capability, narrowing, alice, noon + 5, bobs.id);
  assert.equal(Buffer.from(longer, 'base64url').toString(), chain);

  const refused = { code: 'CAPABILITY_DELEGATION_INVALID' };
  assert.throws(() => passOn(capability, { ...narrowing, scope: ['tool:notes-and-more'] }, alice, noon), refused);
  assert.throws(() => passOn(capability, { ...narrowing, expiresAt: '2026-03-01T13:00:00.001Z' }, alice, noon), refused);
  assert.throws(() => passOn(capability, { ...narrowing, delegationDepth: 1 }, alice, noon), refused);
  assert.throws(() => passOn(capability, narrowing, signerOf(Buffer.alloc(32, 2)), noon), refused, 'Bob passes on what is not his');
  assert.throws(() => passOn(longer, { to: alice.did }, signerOf(Buffer.alloc(32, 2)), noon), refused, 'behind a depth of 0');
});

test('an identity comes back from its file whole, and not to Mallory', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'talos-identity-'));
  try {
    const file = join(folder, 'bob');
    const bob = Identity.generate().withFreshPrekeys(3, noon);
    await saveIdentity(file, bob, 'correct horse');
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.deepEqual((await loadIdentity(file, 'correct horse')).publishedPrekeys(), bob.publishedPrekeys());

    await assert.rejects(loadIdentity(file, 'another horse'), /another passphrase/);
    const sealed = readFileSync(file);
    assert.ok(!sealed.includes(bob.seed.toString('base64url')));
    for (const at of [0, 21, 40, 60, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed[at] ^= 1;
      writeFileSync(file, changed);
      await assert.rejects(loadIdentity(file, 'correct horse'), /changed|not a file/, `byte ${at}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
