import { keyOfMultikey, multikeyOfDid } from './did-key.js';
import { isSignature } from './ed25519.js';
import { fromBase64url, sha256 } from './encodings.js';
import { Malformed, Refusal, require } from './refusal.js';
import { readDictionary, writeInnerList } from './structured-field.js';
import { readTarget } from './target.js';

const LABEL = 'talos';
const PARAMETERS = ['created', 'expires', 'nonce', 'keyid', 'alg', 'tag'];
const LONGEST_LIFE = 60;
const FIELD_NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;

function refuseUnless(holding, code, why) {
  if (!holding) throw new Refusal(code, why);
}

/**
 * Verifies a signed request as docs/reference/request-signing.md says, but for what needs a memory: whether the key speaks for the DID and
 * whether the nonce is new.
 *
 * @param request {method, targetUri, headers: {lower-case name: [lines]}, body?: base64url, now: milliseconds, skewSeconds}
 * @returns {did, publicKey: hex}; throws a Refusal otherwise
 */
export function verifyRequest(request) {
  try {
    return verify({ ...request, body: request.body === undefined ? Buffer.alloc(0) : fromBase64url(request.body) });
  } catch (refused) {
    if (refused instanceof Malformed) throw new Refusal('AUTH_INVALID', refused.message);
    throw refused;
  }
}

function verify(request) {
  const { input, signature } = readSignature(request.headers);
  const parameters = readParameters(input.parameters);
  checkTime(parameters, request.now, request.skewSeconds * 1000);
  const components = readComponents(input.items);
  checkCoverage(request, components);
  checkDigest(request);
  const { did, key } = readKeyId(parameters.keyid);
  const base = signatureBase(request, components, input);
  refuseUnless(isSignature(signature, base, key), 'AUTH_INVALID_SIGNATURE', 'does not verify');
  return { did, publicKey: key.toString('hex') };
}

const fieldValue = (lines) => lines.map((line) => line.replace(/^[ \t]+|[ \t]+$/g, '')).join(', ');

function readSignature(headers) {
  require(headers['signature-input'] !== undefined && headers.signature !== undefined, 'no signature');
  const inputs = readDictionary(fieldValue(headers['signature-input']));
  const signatures = readDictionary(fieldValue(headers.signature));
  const input = inputs.get(LABEL);
  const signature = signatures.get(LABEL);
  require(input?.items !== undefined, 'no list of components');
  for (const [label, { items, parameters }] of inputs) {
    const alone = label === LABEL || items === undefined || parameters.get('tag') !== 'talos';
    refuseUnless(alone, 'AUTH_AMBIGUOUS', 'a second signature with the tag');
  }
  require(Buffer.isBuffer(signature?.value) && signature.value.length === 64, 'no signature of 64 bytes');
  require(signature.parameters.size === 0, 'a signature with parameters');
  return { input, signature: signature.value };
}

function readParameters(parameters) {
  require(parameters.size === PARAMETERS.length && PARAMETERS.every((name) => parameters.has(name)), 'other parameters');
  const { created, expires, nonce, keyid, alg, tag } = Object.fromEntries(parameters);
  require(Number.isInteger(created) && Number.isInteger(expires) && created >= 0, 'created and expires are seconds since 1970');
  require(alg === 'ed25519' && tag === 'talos', 'another algorithm or tag');
  require(typeof nonce === 'string' && typeof keyid === 'string' && keyid !== '', 'no nonce or key id');
  const bytes = fromBase64url(nonce);
  require(bytes.length >= 16 && bytes.length <= 64, 'a nonce has 16 to 64 bytes');
  require(expires > created && expires - created <= LONGEST_LIFE, 'a life of 1 to 60 seconds');
  return { created, expires, keyid };
}

/** A key id names a DID, and behind a number sign the key that signs, where that is another one than the DID is. */
function readKeyId(keyid) {
  const [did] = keyid.split('#', 1);
  const own = multikeyOfDid(did);
  return { did, key: keyOfMultikey(keyid === did ? own : keyid.slice(did.length + 1)) };
}

function readComponents(items) {
  for (const { value, parameters } of items) require(typeof value === 'string' && parameters.size === 0, 'not a component');
  return items.map((item) => item.value);
}

function checkTime({ created, expires }, now, skew) {
  refuseUnless(created * 1000 <= now + skew, 'AUTH_NOT_YET_VALID', 'created ahead');
  refuseUnless(now < expires * 1000, 'AUTH_EXPIRED', 'over');
}

function checkCoverage({ body, headers }, components) {
  require(components.includes('@method') && components.includes('@target-uri'), 'method and target are not covered');
  require(components.includes('content-digest') === body.length > 0, 'a body is covered, and nothing else');
  require((headers['content-digest'] !== undefined) === body.length > 0, 'a digest without a body, or a body without');
  require(headers['talos-capability'] === undefined || components.includes('talos-capability'), 'a capability is not covered');
}

function checkDigest({ body, headers }) {
  if (body.length === 0) return;
  const digests = readDictionary(fieldValue(headers['content-digest']));
  const digest = digests.get('sha-256');
  require(digests.size === 1 && Buffer.isBuffer(digest?.value) && digest.parameters.size === 0, 'not one sha-256 digest');
  require(digest.value.length === 32, 'a digest has 32 bytes');
  refuseUnless(digest.value.equals(sha256(body)), 'AUTH_INVALID_SIGNATURE', 'another body');
}

function signatureBase(request, components, input) {
  require(new Set(components).size === components.length, 'a component stands twice');
  const lines = components.map((name) => `"${name}": ${componentValue(request, name)}`);
  return Buffer.from([...lines, `"@signature-params": ${writeInnerList(input)}`].join('\n'));
}

function componentValue({ method, targetUri, headers }, name) {
  if (name === '@method') return method;
  if (name.startsWith('@')) return readTarget(targetUri, name);
  require(FIELD_NAME.test(name) && Object.hasOwn(headers, name), 'no such field');
  return fieldValue(headers[name]);
}
