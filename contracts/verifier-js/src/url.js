import { readCanonicalIpv6, readIpv4 } from './network.js';
import { isPlainPath, liesAtOrBelow } from './path.js';

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const NAME = new RegExp(`^(?:${LABEL}\\.)*(?=[a-z])${LABEL}$`);
const LONGEST_NAME = 253;
const LONGEST_URL = 2048;
const URL_PARTS = /^([a-z][a-z0-9+.-]{0,15}):\/\/([^/?#]*)([^?#]*)(.*)$/;
const AUTHORITY = /^(\[[^\]]*\]|[^:[\]]*)(?::([1-9][0-9]{0,4}))?$/;
const OWN_PORTS = { https: 443, wss: 443, http: 80, ws: 80 };
const NO_PORT = 0;

export const isScheme = (text) => typeof text === 'string' && /^[a-z][a-z0-9+.-]{0,15}$/.test(text);

const isName = (text) => text.length <= LONGEST_NAME && NAME.test(text);

export function isHost(text) {
  if (text.startsWith('[') && text.endsWith(']')) return readCanonicalIpv6(text.slice(1, -1)) !== undefined;
  return readIpv4(text) !== undefined || isName(text);
}

/** A host, or `*.` and a name of at least two labels. */
export function isHostRule(text) {
  if (typeof text !== 'string') return false;
  return text.startsWith('*.') ? isName(text.slice(2)) && text.slice(2).includes('.') : isHost(text);
}

/** A plain URL as {scheme, host, port, path}, or undefined. */
function readUrl(text) {
  if (typeof text !== 'string' || text.length > LONGEST_URL || !/^[!-[\]-~]+$/.test(text)) return undefined;
  const [, scheme, authority, path] = URL_PARTS.exec(text) ?? [];
  const [, host, port] = AUTHORITY.exec(authority ?? ':') ?? [];
  if (host === undefined || !isHost(host)) return undefined;
  return { scheme, host, port: port === undefined ? ownPort(scheme) : Number(port), path: path || '/' };
}

const ownPort = (scheme) => (Object.hasOwn(OWN_PORTS, scheme) ? OWN_PORTS[scheme] : NO_PORT);

const portsFor = (rule, scheme) => rule.ports ?? [ownPort(scheme)];

/** Whether a host, or all hosts that a rule stands for, are among those of another rule. */
const admitsHost = (rule, host) => rule === host || (rule.startsWith('*.') && host.endsWith(rule.slice(1)));

export function admitsUrl(rule, value) {
  const url = readUrl(value);
  return (
    url !== undefined &&
    rule.schemes.includes(url.scheme) &&
    rule.hosts.some((host) => admitsHost(host, url.host)) &&
    portsFor(rule, url.scheme).includes(url.port) &&
    (rule.pathPrefix === undefined || (isPlainPath(url.path) && liesAtOrBelow(url.path, rule.pathPrefix)))
  );
}

export function narrowsUrl(narrow, wide) {
  return (
    narrow.schemes.every(
      (scheme) =>
        wide.schemes.includes(scheme) && portsFor(narrow, scheme).every((port) => portsFor(wide, scheme).includes(port)),
    ) &&
    narrow.hosts.every((host) => wide.hosts.some((rule) => admitsHost(rule, host))) &&
    (wide.pathPrefix === undefined || (narrow.pathPrefix !== undefined && liesAtOrBelow(narrow.pathPrefix, wide.pathPrefix)))
  );
}
