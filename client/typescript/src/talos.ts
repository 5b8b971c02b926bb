import createClient, { type Client, type Middleware } from 'openapi-fetch';
import type { Signer } from 'talos-capability-verifier/src/channel/keys.js';
import type { components, paths } from '../target/api.js';
import { signatureHeaders } from './request-signing.js';

const ANSWER_BYTES_MAX = 4 << 20;
const SECONDS_MAX = 30;

export type Schemas = components['schemas'];
export type Talos = Client<paths>;

/** The server said no; `code` is stable and listed in docs/operate/errors.md. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    readonly detail: string,
  ) {
    super(`${code} (${status}): ${detail}`);
  }
}

/** Everything in the OpenAPI document, signed as this agent. */
export const asAgent = (base: string, signer: Signer): Talos => client(base, signing(signer));

/** Everything in the OpenAPI document, as an operator with a token of the identity provider. */
export const asOperator = (base: string, token: string): Talos =>
  client(base, { onRequest: ({ request }) => request.headers.set('authorization', `Bearer ${token}`) });

/** What needs no credential. */
export const asAnybody = (base: string): Talos => client(base);

function client(base: string, ...middleware: Middleware[]): Talos {
  const talos = createClient<paths>({ baseUrl: base.replace(/\/$/, ''), fetch: bounded, pathSerializer: path });
  talos.use(...middleware);
  return talos;
}

/** The colons of a DID stand as they are (RFC 3986 §3.3 allows them): `%3A` would be another path. */
function path(template: string, parameters: Record<string, unknown>): string {
  return template.replace(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(String(parameters[name])).replaceAll('%3A', ':'));
}

function signing(signer: Signer): Middleware {
  return {
    async onRequest({ request }) {
      const body = new Uint8Array(await request.clone().arrayBuffer());
      const capability = request.headers.get('talos-capability');
      const headers = signatureHeaders(
        { method: request.method, targetUri: request.url, body, ...(capability === null ? {} : { capability }) },
        signer,
      );
      for (const [name, value] of Object.entries(headers)) request.headers.set(name, value);
    },
  };
}

/** One request: no redirect, no longer than it may take, no more of an answer than it may have. */
async function bounded(request: Request): Promise<Response> {
  const response = await fetch(request, { redirect: 'error', signal: AbortSignal.timeout(SECONDS_MAX * 1000) });
  const { status, statusText, headers } = response;
  return new Response(response.body === null ? null : await atMost(response.body), { status, statusText, headers });
}

async function atMost(body: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer> | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body as unknown as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > ANSWER_BYTES_MAX) throw new Error(`the answer has more than ${ANSWER_BYTES_MAX} bytes`);
    parts.push(part);
  }
  return size === 0 ? null : new Uint8Array(Buffer.concat(parts));
}

/** What was answered, or Refused. */
export async function granted<T>(answer: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await answer;
  if (!response.ok) throw refusalOf(error, response.status);
  return data as T;
}

function refusalOf(problem: unknown, status: number): Refused {
  const member = (name: string) => {
    const value = typeof problem === 'object' && problem !== null ? (problem as Record<string, unknown>)[name] : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  return new Refused(member('code') ?? 'UNKNOWN', status, member('detail') ?? member('title') ?? 'no problem document');
}
