import { createHash } from 'node:crypto';
import { require } from './refusal.js';

const BASE64URL = /^[A-Za-z0-9_-]*$/;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest();
export const sha256Hex = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Bytes of base64url without padding; only the one text that encodes them. */
export function fromBase64url(text) {
  require(BASE64URL.test(text), 'not base64url');
  const bytes = Buffer.from(text, 'base64url');
  require(bytes.toString('base64url') === text, 'base64url with loose bits');
  return bytes;
}

/** Bytes of base64 with padding; only the one text that encodes them. */
export function fromBase64(text) {
  require(BASE64.test(text), 'not base64');
  const bytes = Buffer.from(text, 'base64');
  require(bytes.toString('base64') === text, 'base64 with loose bits or padding');
  return bytes;
}

/** Text of UTF-8 bytes; a byte order mark stays a character. */
export function fromUtf8(bytes) {
  try {
    return utf8.decode(bytes);
  } catch {
    require(false, 'not UTF-8');
  }
}

/** Milliseconds since 1970 of a wire time. */
export function fromTime(text) {
  require(TIME.test(text), 'not a time');
  const date = new Date(text);
  require(!Number.isNaN(date.getTime()) && date.toISOString() === text, 'no such time');
  return date.getTime();
}
