import { randomBytes } from 'node:crypto';
import { kemPrekeyText, keyAgreementText, signedPrekeyText } from 'talos-capability-verifier/src/channel/bundle.js';
import { publicKeyOf, type Signer, signerOf } from 'talos-capability-verifier/src/channel/keys.js';
import { publicKeyOf as kemPublicKeyOf } from 'talos-capability-verifier/src/channel/ml-kem.js';
import type { KemPrekey, OneTimePrekey, Responder, SignedPrekey } from 'talos-capability-verifier/src/channel/opening.js';
import { SUITES } from 'talos-capability-verifier/src/channel/suites.js';
import type { components } from '../target/api.js';

type Registration = components['schemas']['identity_agent_register_request.v1'];
type Prekeys = components['schemas']['identity_prekeys_publish_request.v1'];

const WEEK = 7 * 24 * 60 * 60 * 1000;
const ONE_TIME_MAX = 100;

const b64u = (bytes: Buffer) => bytes.toString('base64url');
const freshId = () => b64u(randomBytes(12));

/** An agent's secrets: its signing key, its identity key for channels, and its prekeys. It is never changed; `with…` give another one. */
export class Identity implements Responder {
  readonly signer: Signer;

  constructor(
    readonly seed: Buffer,
    readonly identityPrivate: Buffer,
    readonly signedPrekeys: readonly SignedPrekey[] = [],
    readonly oneTimePrekeys: readonly OneTimePrekey[] = [],
    readonly kemPrekeys: readonly KemPrekey[] = [],
  ) {
    this.signer = signerOf(seed);
  }

  static generate(): Identity {
    return new Identity(randomBytes(32), randomBytes(32));
  }

  get did(): string {
    return this.signer.did;
  }

  /** What registers this agent. */
  registration(displayName?: string): Registration {
    const publicKey = publicKeyOf(this.identityPrivate);
    const signature = b64u(this.signer.sign(keyAgreementText(this.did, publicKey)));
    return {
      did: this.did,
      key_agreement: { public_key: b64u(publicKey), signature },
      ...(displayName === undefined ? {} : { display_name: displayName }),
    };
  }

  /** A new signed prekey before the old ones, and only new one-time prekeys, `count` of each kind. They live a week. */
  withFreshPrekeys(count: number, now: number): Identity {
    if (count > ONE_TIME_MAX) throw new RangeError(`at most ${ONE_TIME_MAX} one-time prekeys`);
    const expiresAt = new Date(now + WEEK).toISOString();
    const kem = (kind: KemPrekey['kind']): KemPrekey => ({ id: freshId(), kind, seed: randomBytes(64), expiresAt });
    return new Identity(
      this.seed,
      this.identityPrivate,
      [{ id: freshId(), private: randomBytes(32), expiresAt, suites: SUITES }, ...this.signedPrekeys.slice(0, 3)],
      Array.from({ length: count }, () => ({ id: freshId(), private: randomBytes(32) })),
      [kem('last-resort'), ...Array.from({ length: count }, () => kem('one-time'))],
    );
  }

  /** The same agent with what is left of its one-time prekeys. */
  withRemaining(oneTimePrekeys: readonly OneTimePrekey[], kemPrekeys: readonly KemPrekey[]): Identity {
    return new Identity(this.seed, this.identityPrivate, this.signedPrekeys, oneTimePrekeys, kemPrekeys);
  }

  /** What the server keeps for those who want to open a channel. */
  publishedPrekeys(): Prekeys {
    const [newest] = this.signedPrekeys;
    const lastResort = this.kemPrekeys.find(({ kind }) => kind === 'last-resort');
    if (newest === undefined || lastResort === undefined) throw new Error('there are no prekeys yet');
    return {
      signed_prekey: this.#signed(newest),
      one_time_prekeys: this.oneTimePrekeys.map((prekey) => ({ id: prekey.id, public_key: b64u(publicKeyOf(prekey.private)) })),
      last_resort_kem_prekey: this.#signedKem(lastResort),
      one_time_kem_prekeys: this.kemPrekeys.filter(({ kind }) => kind === 'one-time').map((prekey) => this.#signedKem(prekey)),
    };
  }

  #signed({ id, expiresAt, suites, private: secret }: SignedPrekey): Prekeys['signed_prekey'] {
    const publicKey = publicKeyOf(secret);
    const signature = b64u(this.signer.sign(signedPrekeyText(this.did, { id, publicKey, expiresAt, suites })));
    return { id, public_key: b64u(publicKey), expires_at: expiresAt, suites: [...suites], signature };
  }

  #signedKem({ id, kind, expiresAt, seed }: KemPrekey): NonNullable<Prekeys['last_resort_kem_prekey']> {
    const publicKey = kemPublicKeyOf(seed);
    const signature = b64u(this.signer.sign(kemPrekeyText(this.did, { id, kind, publicKey, expiresAt })));
    return { id, public_key: b64u(publicKey), expires_at: expiresAt, signature };
  }
}
