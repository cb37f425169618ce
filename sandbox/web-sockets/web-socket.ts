import type {
  SandboxCloseEvent,
  SandboxWebSocket,
  SandboxWebSocketMaker,
  ServedSession,
  WebSocketServerSide,
} from "./types.js";

const CONNECTING = 0;
const OPEN = 1;
const CLOSING = 2;
const CLOSED = 3;

const ABNORMAL = 1006;
const NORMAL = 1000;

/** The `WebSocket` of a sandbox. What either side says arrives in order, after what the other one is doing. */
export function webSocketOf(server: WebSocketServerSide): SandboxWebSocketMaker {
  return class extends EventTarget implements SandboxWebSocket {
    static readonly CONNECTING = CONNECTING;
    static readonly OPEN = OPEN;
    static readonly CLOSING = CLOSING;
    static readonly CLOSED = CLOSED;

    readonly url: string;
    onopen: SandboxWebSocket["onopen"] = null;
    onmessage: SandboxWebSocket["onmessage"] = null;
    onerror: SandboxWebSocket["onerror"] = null;
    onclose: SandboxWebSocket["onclose"] = null;
    #state = CONNECTING;
    #session: ServedSession | undefined;
    readonly #headers: Headers;

    constructor(url: string | URL, { headers = {} }: { headers?: Readonly<Record<string, string>> } = {}) {
      super();
      this.url = String(new URL(url));
      this.#headers = new Headers(headers);
      queueMicrotask(() => this.#connect());
    }

    get readyState(): number {
      return this.#state;
    }

    /** @throws DOMException `InvalidStateError` before it is open */
    send(text: string): void {
      if (this.#state === CONNECTING) throw new DOMException("Still in CONNECTING state", "InvalidStateError");
      if (this.#state === OPEN) queueMicrotask(() => this.#session?.receive(text));
    }

    close(code = NORMAL, reason = ""): void {
      if (this.#state >= CLOSING) return;
      const wasOpen = this.#state === OPEN;
      this.#state = CLOSING;
      queueMicrotask(() => {
        this.#session?.closed();
        if (!wasOpen) this.#fire(new Event("error"));
        this.#closed(wasOpen ? code : ABNORMAL, reason);
      });
    }

    #connect(): void {
      if (this.#state !== CONNECTING) return;
      const peer = {
        send: (text: string) => queueMicrotask(() => this.#arrived(text)),
        drop: () => queueMicrotask(() => this.#closed(ABNORMAL, "")),
      };
      this.#session = server.connect(peer, this.#headers, new URL(this.url).pathname);
      if (!this.#session) {
        this.#fire(new Event("error"));
        this.#closed(ABNORMAL, "");
        return;
      }
      this.#state = OPEN;
      this.#fire(new Event("open"));
    }

    #arrived(data: string): void {
      if (this.#state === OPEN) this.#fire(new MessageEvent("message", { data }));
    }

    #closed(code: number, reason: string): void {
      if (this.#state === CLOSED) return;
      this.#state = CLOSED;
      const event: SandboxCloseEvent = Object.assign(new Event("close"), { code, reason, wasClean: code !== ABNORMAL });
      this.#fire(event);
    }

    #fire(event: Event): void {
      this.dispatchEvent(event);
      const handler = this[`on${event.type}` as "onopen"];
      handler?.call(this, event);
    }
  };
}
