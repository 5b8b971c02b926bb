import { require } from './refusal.js';

const IPV4 = /^(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})$/;
const NETWORK = /^([0-9a-f.:]+)\/(0|[1-9][0-9]{0,2})$/;
const GROUP = /^[0-9a-fA-F]{1,4}$/;
const MAPPED = 0xffffn;

/** Address as {width: 32 or 128, bits: BigInt}, or undefined. */
export function readIpv4(text) {
  const numbers = IPV4.exec(text)?.slice(1).map(Number);
  if (numbers === undefined || numbers.some((number) => number > 255)) return undefined;
  return { width: 32, bits: numbers.reduce((bits, number) => (bits << 8n) | BigInt(number), 0n) };
}

/** An address in any text form of RFC 4291 §2.2. */
function readIpv6(text) {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half, index) => readGroups(half, index === halves.length - 1));
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  const count = head.length + (tail?.length ?? 0);
  if (halves.length === 1 ? count !== 8 : count > 7) return undefined;
  const groups = [...head, ...Array(8 - count).fill(0n), ...(tail ?? [])];
  return { width: 128, bits: groups.reduce((bits, group) => (bits << 16n) | group, 0n) };
}

function readGroups(text, mayEndInIpv4) {
  if (text === '') return [];
  const parts = text.split(':');
  const groups = [];
  for (const [index, part] of parts.entries()) {
    const ipv4 = mayEndInIpv4 && index === parts.length - 1 ? readIpv4(part) : undefined;
    if (ipv4 !== undefined) groups.push(ipv4.bits >> 16n, ipv4.bits & 0xffffn);
    else if (GROUP.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
}

/** RFC 5952 §4, without its §5. */
function writeIpv6(bits) {
  const groups = Array.from({ length: 8 }, (_, index) => (bits >> BigInt(112 - 16 * index)) & 0xffffn);
  let [start, length] = [0, 0];
  for (let from = 0; from < 8; from++) {
    let to = from;
    while (to < 8 && groups[to] === 0n) to++;
    if (to - from > length) [start, length] = [from, to - from];
  }
  const write = (some) => some.map((group) => group.toString(16)).join(':');
  return length < 2 ? write(groups) : `${write(groups.slice(0, start))}::${write(groups.slice(start + length))}`;
}

/** An address that is written in the one way that networks and hosts are written. */
export function readCanonicalIpv6(text) {
  const address = readIpv6(text);
  return address === undefined || address.bits >> 32n === MAPPED || writeIpv6(address.bits) !== text ? undefined : address;
}

/** Network as {width, bits, prefix}. */
export function readNetwork(text) {
  const parts = typeof text === 'string' ? NETWORK.exec(text) : null;
  require(parts !== null, 'not a network');
  const address = readIpv4(parts[1]) ?? readCanonicalIpv6(parts[1]);
  const prefix = Number(parts[2]);
  require(address !== undefined && prefix <= address.width, 'not a network');
  const behind = BigInt(address.width - prefix);
  require((address.bits >> behind) << behind === address.bits, 'bits behind the prefix');
  return { ...address, prefix };
}

/** The address a capability is shown from; undefined lies in no network. */
export function readSource(text) {
  if (text === undefined) return undefined;
  const address = readIpv4(text) ?? readIpv6(text);
  if (address?.width === 128 && address.bits >> 32n === MAPPED) return { width: 32, bits: address.bits & 0xffffffffn };
  return address;
}

export function contains(network, address) {
  const behind = BigInt(network.width - network.prefix);
  return address !== undefined && network.width === address.width && network.bits >> behind === address.bits >> behind;
}

export function coversNetwork(wide, narrow) {
  return narrow.prefix >= wide.prefix && contains(wide, narrow);
}
