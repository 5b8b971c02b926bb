// Steps 1 to 4 of the README's story, against a running stack. It says one line a step, and ends with an error when one does not hold.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { Refusal } from 'talos-capability-verifier/src/refusal.js';
import { passOn } from './capability.js';
import { Conversation } from './conversation.js';
import { Identity } from './identity.js';
import { loadIdentity, saveIdentity } from './identity-file.js';
import { McpSession } from './mcp.js';
import { asAgent, asAnybody, asOperator, granted, Refused, type Talos } from './talos.js';

const base = setting('TALOS_BASE_URL');
const operator = asOperator(base, setting('TALOS_OPERATOR_TOKEN'));
const server = process.env['TALOS_MCP_SERVER'] ?? 'notes';
const PREKEYS = 4;
const MINUTE = 60_000;

interface Player {
  readonly name: string;
  readonly identity: Identity;
  readonly talos: Talos;
}

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`set ${name}`);
  return value;
}

function claim(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

async function refused(code: string, attempt: () => Promise<unknown>): Promise<void> {
  try {
    await attempt();
  } catch (error) {
    if ((error instanceof Refused || error instanceof Refusal) && error.code === code) return;
    throw error;
  }
  throw new Error(`${code} was expected, but nothing was refused`);
}

/** 1. Identities: keys are made here, kept in a sealed file, and the server learns the public ones. */
async function register(name: string, folder: string): Promise<Player> {
  const file = join(folder, name);
  const passphrase = randomBytes(12).toString('base64url');
  await saveIdentity(file, Identity.generate(), passphrase);
  const identity = await loadIdentity(file, passphrase);
  const talos = asAgent(base, identity.signer);

  await refused('AGENT_NOT_REGISTERED', () => granted(talos.GET('/identity/whoami')));
  const agent = await granted(talos.POST('/identity/agents', { body: identity.registration(name) }));
  const self = await granted(talos.GET('/identity/whoami'));
  const document = await granted(asAnybody(base).GET('/1.0/identifiers/{did}', { params: { path: { did: identity.did } } }));
  claim(agent.did === identity.did && self.id === identity.did, `${name} was taken for somebody else`);
  claim(JSON.stringify(document).includes(identity.did.slice('did:key:'.length)), `${name}'s document does not hold ${name}'s key`);
  return { name, identity, talos };
}

/** 2. Capabilities: the operator grants, Alice narrows. */
async function delegate(alice: Player, bob: Player): Promise<{ alices: string; bobs: string }> {
  const now = Date.now();
  const expiresAt = new Date(now + 60 * MINUTE).toISOString();
  const body = { subject: alice.identity.did, scope: [`tool:${server}`], expires_at: expiresAt, delegation_depth: 1 };
  const { capability: alices } = await granted(operator.POST('/policy/capabilities', { body }));
  const to = bob.identity.did;
  const pass = (narrowing: object) => passOn(alices, { to, ...narrowing }, alice.identity.signer);

  await refused('CAPABILITY_DELEGATION_INVALID', async () => pass({ scope: [`tool:${server}-and-more`] }));
  await refused('CAPABILITY_DELEGATION_INVALID', async () => pass({ expiresAt: new Date(now + 120 * MINUTE).toISOString() }));
  const narrow = { scope: [`tool:${server}/method:write_note`], calls: 3, delegationDepth: 0, expiresAt: new Date(now + 10 * MINUTE).toISOString() };
  return { alices, bobs: pass(narrow) };
}

/** 3. A private session: five frames in each direction, sent in another order than they were written in. */
async function talk(alice: Player, bob: Player): Promise<Conversation> {
  const withPrekeys = bob.identity.withFreshPrekeys(PREKEYS, Date.now());
  const path = { params: { path: { did: withPrekeys.did } } };
  await granted(bob.talos.PUT('/identity/agents/{did}/prekeys', { ...path, body: withPrekeys.publishedPrekeys() }));
  const alices = await Conversation.open(alice.talos, alice.identity, withPrekeys.did);
  const { conversation: bobs, remaining } = await Conversation.accept(bob.talos, withPrekeys, alices.session, alice.identity.did);
  claim(remaining.oneTimePrekeys.length === PREKEYS - 1, 'no one-time prekey was used up');
  claim(remaining.kemPrekeys.length === PREKEYS, 'no one-time KEM prekey was used up');
  await exchange(alice.name, alices, bobs, [0, 2, 1, 4, 3]);
  await exchange(bob.name, bobs, alices, [3, 0, 1, 4, 2]);
  return alices;
}

async function exchange(name: string, from: Conversation, to: Conversation, order: number[]): Promise<void> {
  const texts = order.map((_, i) => `This is ${name}'s message number ${i}.`);
  const frames = texts.map((text) => from.seal(text));
  for (const i of order) {
    const receipt = await from.submit(frames[i]!);
    claim(receipt.frame_digest === frames[i]!.frame_digest, 'the server took another frame');
  }
  const read = await to.receive();
  claim(read.length === order.length, `${read.length} frames arrived`);
  read.forEach(({ text, senderSeq }, i) => claim(senderSeq === order[i] && text === texts[order[i]!], 'a message changed on its way'));
  claim(!JSON.stringify(frames).includes(Buffer.from(texts[0]!).toString('base64url').slice(0, 12)), 'the server had a message in the clear');
  await refused('A2A_FRAME_REPLAY_DETECTED', () => from.submit(frames[0]!));
}

/** 4. A tool behind the gateway. */
async function callTool(bob: Player, alice: Player, bobs: string, alices: string): Promise<string> {
  const note = `typescript-${randomBytes(6).toString('hex')}`;
  const text = `Bob was here, with ${process.version}`;
  const session = await McpSession.open(bob.talos, server, bobs);
  claim((await session.tools()).includes('write_note'), 'there is no write_note');
  const written = await session.call('write_note', { id: note, text });
  claim(!written.failed, `the tool failed: ${written.text}`);
  await refused('CAPABILITY_SCOPE_MISMATCH', () => session.call('read_note', { id: note }));

  const reader = await McpSession.open(alice.talos, server, alices);
  const read = await reader.call('read_note', { id: note });
  claim(!read.failed && read.text === text, 'the notes server does not hold the note');
  return note;
}

const folder = await mkdtemp(join(tmpdir(), 'talos-story-'));
try {
  const alice = await register('Alice', folder);
  const bob = await register('Bob', folder);
  console.log(`1. Alice is ${alice.identity.did} and Bob is ${bob.identity.did}`);
  const { alices, bobs } = await delegate(alice, bob);
  console.log(`2. Alice may use tool:${server}, and passed on to Bob write_note only, offline`);
  const conversation = await talk(alice, bob);
  console.log(`3. ten frames went through session ${conversation.session} in suite ${conversation.suite}, some out of order`);
  const note = await callTool(bob, alice, bobs, alices);
  console.log(`4. Bob wrote note ${note} through the gateway, and Alice read it there`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
