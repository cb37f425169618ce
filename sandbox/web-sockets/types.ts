/** A web-standard `WebSocket` whose server is a sandbox: nothing leaves the process, whatever the address says. */
export interface SandboxWebSocket extends EventTarget {
  readonly url: string;
  readonly readyState: number;
  onopen: ((event: Event) => void) | null;
  onmessage: ((event: Event & { readonly data: string }) => void) | null;
  onerror: ((event: Event) => void) | null;
  onclose: ((event: SandboxCloseEvent) => void) | null;
  addEventListener(type: string, listener: (event: Event & { data?: unknown }) => void): void;
  send(text: string): void;
  close(code?: number, reason?: string): void;
}

export interface SandboxCloseEvent extends Event {
  readonly code: number;
  readonly reason: string;
  /** False when the connection broke without a goodbye. */
  readonly wasClean: boolean;
}

/** `options`: what a client says in the handshake. */
export type SandboxWebSocketMaker = new (
  url: string | URL,
  options?: { headers?: Readonly<Record<string, string>> },
) => SandboxWebSocket;

/** The other end of a connection. */
export interface Peer {
  send(text: string): void;
  /** Breaks the connection without a goodbye. */
  drop(): void;
}

/** What a server of web sockets keeps of one. */
export interface ServedSession {
  receive(text: string): void;
  /** The connection is gone. */
  closed(): void;
}

export interface WebSocketServerSide {
  /**
   * Undefined: nobody is let in.
   * @param path of the address, where a provider has several
   */
  connect(peer: Peer, headers: Headers, path: string): ServedSession | undefined;
}
