import { randomBytes } from 'node:crypto';
import { keyOfMultikey, multikeyOfDid } from 'talos-capability-verifier/src/did-key.js';
import { checkFrame, signFrame } from 'talos-capability-verifier/src/channel/frame.js';
import { accept, open } from 'talos-capability-verifier/src/channel/opening.js';
import { receive, send, type State } from 'talos-capability-verifier/src/channel/ratchet.js';
import { SUITES } from 'talos-capability-verifier/src/channel/suites.js';
import { canonical, readJson } from 'talos-capability-verifier/src/json.js';
import type { Identity } from './identity.js';
import { granted, type Schemas, type Talos } from './talos.js';

export type Frame = Schemas['a2a_encrypted_frame.v2'];

export interface Message {
  readonly text: string;
  readonly senderSeq: number;
}

const FRAME_LIFETIME = 30 * 60 * 1000;
const PAGE = 200;
const PAGES_MAX = 100;

/** A private session with another agent. It lives in memory: who wants to go on after a restart keeps the state of the channel too. */
export class Conversation {
  #state: State;
  #sent = 0;
  #cursor: string | undefined;

  private constructor(
    readonly session: string,
    readonly other: string,
    private readonly talos: Talos,
    private readonly identity: Identity,
    state: State,
  ) {
    this.#state = state;
  }

  get suite(): string {
    return this.#state.suite;
  }

  /** Claims a bundle of another agent's prekeys, verifies it, and asks for a session. */
  static async open(talos: Talos, identity: Identity, responder: string): Promise<Conversation> {
    const claimed = await granted(talos.POST('/identity/agents/{did}/prekeys/claim', { params: { path: { did: responder } } }));
    const { one_time_prekeys_left, one_time_kem_prekeys_left, ...bundle } = claimed;
    if (bundle.key_history !== undefined) throw new Error(`${responder} has another key now; this client does not read key histories`);
    const { message, state } = open(readJson(JSON.stringify(bundle)), {
      me: identity,
      suites: SUITES,
      responderDid: responder,
      now: Date.now(),
      draw: randomBytes,
    });
    const session = await granted(
      talos.POST('/a2a/sessions', {
        body: {
          responder_id: responder,
          suite: state.suite as Schemas['a2a_session_create_request.v1']['suite'],
          initial_message: Buffer.from(message).toString('base64url'),
        },
      }),
    );
    return new Conversation(session.session_id, responder, talos, identity, state);
  }

  /** Accepts a session; `remaining` is the identity without the prekeys that it used up, to be kept from now on. */
  static async accept(
    talos: Talos,
    identity: Identity,
    sessionId: string,
    initiator: string,
  ): Promise<{ conversation: Conversation; remaining: Identity }> {
    const path = { params: { path: { id: sessionId } } };
    const session = await granted(talos.GET('/a2a/sessions/{id}', path));
    if (session.initial_message === undefined) throw new Error('the session has no initial message');
    const message = Buffer.from(session.initial_message, 'base64url').toString();
    const { state, oneTimePrekeys, kemPrekeys } = accept(message, { me: identity, initiatorDid: initiator, now: Date.now() });
    if (state.suite !== session.suite) throw new Error('the server says another suite than the initiator');
    await granted(talos.POST('/a2a/sessions/{id}/accept', { ...path, body: {} }));
    const remaining = identity.withRemaining(oneTimePrekeys, kemPrekeys);
    return { conversation: new Conversation(sessionId, initiator, talos, identity, state), remaining };
  }

  /** Seals and signs the next message; it is on its way only when it is submitted. */
  seal(text: string, now = Date.now()): Frame {
    const { header, ciphertext, state } = send(this.#state, Buffer.from(text), randomBytes);
    const frame = signFrame(this.identity.signer, {
      sessionId: this.session,
      senderSeq: this.#sent,
      header,
      ciphertext,
      createdAt: new Date(now).toISOString(),
      expiresAt: new Date(now + FRAME_LIFETIME).toISOString(),
    });
    this.#state = state;
    this.#sent++;
    return JSON.parse(canonical(frame)) as Frame;
  }

  async submit(frame: Frame): Promise<Schemas['a2a_frame_receipt.v1']> {
    return granted(this.talos.POST('/a2a/sessions/{id}/frames', { params: { path: { id: this.session } }, body: { frame } }));
  }

  /** What the other agent wrote since, in the order in which the server took it. */
  async receive(): Promise<Message[]> {
    const messages: Message[] = [];
    for (let pages = 0; pages < PAGES_MAX; pages++) {
      const query = { limit: PAGE, ...(this.#cursor === undefined ? {} : { cursor: this.#cursor }) };
      const page = await granted(this.talos.GET('/a2a/sessions/{id}/frames', { params: { path: { id: this.session }, query } }));
      for (const { frame } of page.frames) if (frame.sender_id !== this.identity.did) messages.push(this.#opened(frame));
      this.#cursor = page.next_cursor;
      if (page.frames.length === 0) return messages;
    }
    return messages; // the rest comes with the next call
  }

  #opened(frame: Frame): Message {
    if (frame.session_id !== this.session || frame.sender_id !== this.other) throw new Error('a frame of another session or sender');
    const key = keyOfMultikey(multikeyOfDid(this.other));
    const { header, ciphertext } = checkFrame(readJson(JSON.stringify(frame)), key, Date.now());
    const { plaintext, state } = receive(this.#state, header, ciphertext);
    this.#state = state;
    return { text: plaintext.toString(), senderSeq: frame.sender_seq };
  }
}
