import { require } from './refusal.js';

const TARGET = /^(https?):\/\/([^/?#]+)(\/[^?#]*)(?:\?([^#]*))?$/;
const LONGEST = 8192;
const OWN_PORT = { http: /:80$/, https: /:443$/ };

/** The value of a component of RFC 9421 §2.2 that is a part of the target URI. */
export function readTarget(uri, component) {
  require(uri.length <= LONGEST && /^[!-~]+$/.test(uri), 'not a target');
  const [, scheme, authority, path, query] = TARGET.exec(uri) ?? [];
  require(scheme !== undefined, 'not a target');
  const asked = query ? `?${query}` : '';
  const parts = {
    '@target-uri': `${scheme}://${authority}${path}${asked}`,
    '@authority': authority.toLowerCase().replace(OWN_PORT[scheme], ''),
    '@scheme': scheme,
    '@request-target': path + asked,
    '@path': path,
    '@query': asked || '?',
  };
  require(Object.hasOwn(parts, component), 'an unknown component');
  return parts[component];
}
