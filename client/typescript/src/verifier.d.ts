// What this client uses of contracts/verifier-js.
declare module 'talos-capability-verifier/src/refusal.js' {
  export class Refusal extends Error {
    constructor(code: string, why: string);
    readonly code: string;
  }
}

declare module 'talos-capability-verifier/src/json.js' {
  export type Json = string | boolean | null | JsonNumber | Json[] | Map<string, Json>;
  export class JsonNumber {
    constructor(text: string);
    readonly text: string;
  }
  export function readJson(text: string): Json;
  export function canonical(value: Json): string;
}

declare module 'talos-capability-verifier/src/encodings.js' {
  export function sha256(bytes: string | Uint8Array): Buffer;
  export function fromBase64url(text: string): Buffer;
  export function fromTime(text: string): number;
}

declare module 'talos-capability-verifier/src/did-key.js' {
  export function keyOfMultikey(text: string): Buffer;
  export function multikeyOfDid(text: string): string;
}

declare module 'talos-capability-verifier/src/capability.js' {
  export interface Link {
    readonly hash: string;
    readonly subject: string;
    readonly issuer: string;
    readonly depth: number;
    readonly audience?: string;
  }
  export function readCapability(header: string): { readonly hash: string; readonly links: readonly Link[] };
  export function checkDelegation(link: Link, before: Link): void;
}

declare module 'talos-capability-verifier/src/channel/keys.js' {
  export interface Signer {
    readonly did: string;
    readonly publicKey: Buffer;
    sign(text: string | Uint8Array): Buffer;
  }
  export function signerOf(seed: Uint8Array): Signer;
  export function publicKeyOf(secret: Uint8Array): Buffer;
}

declare module 'talos-capability-verifier/src/channel/ml-kem.js' {
  export function publicKeyOf(seed: Uint8Array): Buffer;
}

declare module 'talos-capability-verifier/src/channel/suites.js' {
  export const SUITES: readonly string[];
}

declare module 'talos-capability-verifier/src/channel/bundle.js' {
  export function keyAgreementText(did: string, publicKey: Buffer): string;
  export function signedPrekeyText(
    did: string,
    prekey: { id: string; publicKey: Buffer; expiresAt: string; suites: readonly string[] },
  ): string;
  export function kemPrekeyText(did: string, prekey: { id: string; kind: string; publicKey: Buffer; expiresAt: string }): string;
}

declare module 'talos-capability-verifier/src/channel/ratchet.js' {
  export interface State {
    readonly suite: string;
    readonly skipped: readonly unknown[];
  }
  type Draw = (size: number) => Buffer;
  export function send(state: State, plaintext: Buffer, draw: Draw): { header: Buffer; ciphertext: Buffer; state: State };
  export function receive(state: State, header: Buffer, ciphertext: Buffer): { plaintext: Buffer; state: State };
}

declare module 'talos-capability-verifier/src/channel/opening.js' {
  import type { Json } from 'talos-capability-verifier/src/json.js';
  import type { Signer } from 'talos-capability-verifier/src/channel/keys.js';
  import type { State } from 'talos-capability-verifier/src/channel/ratchet.js';
  export interface Self {
    readonly signer: Signer;
    readonly identityPrivate: Buffer;
  }
  export interface SignedPrekey {
    readonly id: string;
    readonly private: Buffer;
    readonly expiresAt: string;
    readonly suites: readonly string[];
  }
  export interface OneTimePrekey {
    readonly id: string;
    readonly private: Buffer;
  }
  export interface KemPrekey {
    readonly id: string;
    readonly kind: 'one-time' | 'last-resort';
    readonly seed: Buffer;
    readonly expiresAt: string;
  }
  export interface Responder extends Self {
    readonly signedPrekeys: readonly SignedPrekey[];
    readonly oneTimePrekeys: readonly OneTimePrekey[];
    readonly kemPrekeys: readonly KemPrekey[];
  }
  export function open(
    bundle: Json,
    asked: { me: Self; suites: readonly string[]; responderDid: string; now: number; draw: (size: number) => Buffer },
  ): { message: string; state: State };
  export function accept(
    message: string,
    asked: { me: Responder; initiatorDid: string; now: number },
  ): { state: State; oneTimePrekeys: OneTimePrekey[]; kemPrekeys: KemPrekey[] };
}

declare module 'talos-capability-verifier/src/channel/frame.js' {
  import type { Json } from 'talos-capability-verifier/src/json.js';
  import type { Signer } from 'talos-capability-verifier/src/channel/keys.js';
  export function signFrame(
    signer: Signer,
    frame: { sessionId: string; senderSeq: number; header: Buffer; ciphertext: Buffer; createdAt: string; expiresAt: string },
  ): Map<string, Json>;
  export function checkFrame(frame: Json, senderKey: Buffer, now: number): { header: Buffer; ciphertext: Buffer };
}
