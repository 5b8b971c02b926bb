import { granted, Refused, type Talos } from './talos.js';

const PROTOCOL = '2025-11-25';
const SPOKEN = ['2025-03-26', '2025-06-18', PROTOCOL];
const ACCEPTED = 'application/json, text/event-stream';

export interface ToolResult {
  readonly failed: boolean;
  readonly text: string;
}

interface Answer {
  readonly id?: unknown;
  readonly method?: unknown;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly code?: number; readonly message?: string; readonly data?: { readonly code?: string } };
}

/** A session with an MCP server behind the gateway: streamable HTTP, every message signed and shown with the agent's capability. */
export class McpSession {
  #id = 0;
  #session: string | undefined;
  #protocol: string | undefined;

  private constructor(
    private readonly talos: Talos,
    private readonly server: string,
    private readonly capability: string,
  ) {}

  static async open(talos: Talos, server: string, capability: string): Promise<McpSession> {
    const session = new McpSession(talos, server, capability);
    const clientInfo = { name: 'talos-client-typescript', version: '2' };
    const { protocolVersion } = await session.#ask('initialize', { protocolVersion: PROTOCOL, capabilities: {}, clientInfo });
    if (typeof protocolVersion !== 'string' || !SPOKEN.includes(protocolVersion)) throw new Error('the MCP server speaks another version');
    session.#protocol = protocolVersion;
    await session.#send({ jsonrpc: '2.0', method: 'notifications/initialized' });
    return session;
  }

  async tools(): Promise<string[]> {
    const { tools } = await this.#ask('tools/list', {});
    return (tools as { name: string }[]).map(({ name }) => name);
  }

  /** Calls a tool, once: nobody knows whether a call without an answer was carried out. */
  async call(tool: string, args: Record<string, unknown>): Promise<ToolResult> {
    const { content, isError } = await this.#ask('tools/call', { name: tool, arguments: args });
    const texts = (content as { type: string; text?: string }[]).filter(({ type }) => type === 'text').map(({ text }) => text ?? '');
    return { failed: isError === true, text: texts.join('\n') };
  }

  async #ask(method: string, params: Record<string, unknown>): Promise<Record<string, unknown>> {
    const id = ++this.#id;
    const text = await this.#send({ jsonrpc: '2.0', id, method, params });
    const answer = messagesOf(text).find((message) => message.id === id && message.method === undefined);
    if (answer?.error !== undefined) {
      const { data, code, message } = answer.error;
      throw new Refused(data?.code ?? `JSON_RPC_${code}`, 200, message ?? '');
    }
    if (answer?.result === undefined) throw new Error(`no answer to ${method}`);
    return answer.result;
  }

  async #send(message: Record<string, unknown>): Promise<string> {
    const answer = this.talos.POST('/mcp/{server}', {
      params: {
        path: { server: this.server },
        header: { 'Talos-Capability': this.capability, ...(this.#session === undefined ? {} : { 'Mcp-Session-Id': this.#session }) },
      },
      headers: { accept: ACCEPTED, ...(this.#protocol === undefined ? {} : { 'mcp-protocol-version': this.#protocol }) },
      body: message as Record<string, never>,
      parseAs: 'text',
    });
    const text = await granted<unknown>(answer);
    this.#session ??= (await answer).response.headers.get('mcp-session-id') ?? undefined;
    return typeof text === 'string' ? text : '';
  }
}

/** The messages of an answer: one JSON text, or the data of each event of a stream. */
function messagesOf(text: string): Answer[] {
  if (text.trimStart().startsWith('{')) return [JSON.parse(text) as Answer];
  return text
    .split(/\r?\n\r?\n/)
    .map((event) => event.split(/\r?\n/).filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trimStart()).join('\n'))
    .filter((data) => data !== '')
    .map((data) => JSON.parse(data) as Answer);
}
