import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { Identity } from './identity.js';

const MAGIC = Buffer.from('talos-ts-identity:v1\n');
const SALT = 16;
const NONCE = 12;
const TAG = 16;
const FILE_MAX = 1 << 20;
/** About 128 MiB and a few tenths of a second for every guess at the passphrase. */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 };

/** Seals an identity under a passphrase. The file is whole or the one before, and nobody else on the machine may read it. */
export async function saveIdentity(file: string, identity: Identity, passphrase: string): Promise<void> {
  const [salt, nonce] = [randomBytes(SALT), randomBytes(NONCE)];
  const head = Buffer.concat([MAGIC, salt, nonce]);
  const cipher = createCipheriv('aes-256-gcm', scryptSync(passphrase, salt, 32, SCRYPT), nonce);
  cipher.setAAD(head);
  const sealed = Buffer.concat([head, cipher.update(written(identity)), cipher.final(), cipher.getAuthTag()]);
  const fresh = `${file}.${randomBytes(6).toString('hex')}.new`;
  try {
    const handle = await open(fresh, 'wx', 0o600);
    try {
      await handle.writeFile(sealed);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(fresh, file);
  } catch (failed) {
    await rm(fresh, { force: true });
    throw failed;
  }
}

/** Opens what saveIdentity wrote; another passphrase, or a changed file, is an error. */
export async function loadIdentity(file: string, passphrase: string): Promise<Identity> {
  const sealed = await readFile(file);
  const body = MAGIC.length + SALT + NONCE;
  if (sealed.length > FILE_MAX || sealed.length < body + TAG || !sealed.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new Error('not a file of an identity');
  }
  const salt = sealed.subarray(MAGIC.length, MAGIC.length + SALT);
  const decipher = createDecipheriv('aes-256-gcm', scryptSync(passphrase, salt, 32, SCRYPT), sealed.subarray(body - NONCE, body), {
    authTagLength: TAG,
  });
  decipher.setAAD(sealed.subarray(0, body));
  decipher.setAuthTag(sealed.subarray(-TAG));
  const clear = decipher.update(sealed.subarray(body, -TAG));
  try {
    decipher.final();
  } catch {
    throw new Error('another passphrase, or the file was changed');
  }
  return read(clear);
}

type Stored<Prekey> = { [Name in keyof Prekey]: Prekey[Name] extends Buffer ? string : Prekey[Name] };

interface File {
  readonly seed: string;
  readonly identityPrivate: string;
  readonly signedPrekeys: Stored<Identity['signedPrekeys'][number]>[];
  readonly oneTimePrekeys: Stored<Identity['oneTimePrekeys'][number]>[];
  readonly kemPrekeys: Stored<Identity['kemPrekeys'][number]>[];
}

const bytes = (text: string) => Buffer.from(text, 'base64url');
const text = (secret: Buffer) => secret.toString('base64url');

function written(identity: Identity): string {
  const file: File = {
    seed: text(identity.seed),
    identityPrivate: text(identity.identityPrivate),
    signedPrekeys: identity.signedPrekeys.map((prekey) => ({ ...prekey, private: text(prekey.private) })),
    oneTimePrekeys: identity.oneTimePrekeys.map((prekey) => ({ ...prekey, private: text(prekey.private) })),
    kemPrekeys: identity.kemPrekeys.map((prekey) => ({ ...prekey, seed: text(prekey.seed) })),
  };
  return JSON.stringify(file);
}

function read(clear: Buffer): Identity {
  const file = JSON.parse(clear.toString()) as File; // authenticated, so it is what `written` wrote
  return new Identity(
    bytes(file.seed),
    bytes(file.identityPrivate),
    file.signedPrekeys.map((prekey) => ({ ...prekey, private: bytes(prekey.private) })),
    file.oneTimePrekeys.map((prekey) => ({ ...prekey, private: bytes(prekey.private) })),
    file.kemPrekeys.map((prekey) => ({ ...prekey, seed: bytes(prekey.seed) })),
  );
}
