/** The part of a web-standard `WebSocket` that kofin uses. */
export interface Socket {
  send(text: string): void;
  close(code?: number): void;
  /** Ends it without a handshake; `ws` has it. */
  terminate?(): void;
  addEventListener(type: "open" | "message" | "close" | "error", listener: (event: { data?: unknown }) => void): void;
}

export type WebSocketMaker = new (url: string) => Socket;

/** Milliseconds for the closing handshake, after which the socket is dropped. */
const GOODBYE_MS = 1_000;

export async function socketMaker(own?: WebSocketMaker): Promise<WebSocketMaker> {
  if (own) return own;
  if (typeof WebSocket !== "undefined") return WebSocket as unknown as WebSocketMaker;
  try {
    return (await import("ws")).WebSocket as unknown as WebSocketMaker;
  } catch (cause) {
    throw new Error("this platform has no WebSocket: install the package ws, or pass realtime.webSocket", { cause });
  }
}

/** Closes, and makes sure of it: a server that does not answer would keep the process alive. */
export function hangUp(socket: Socket): void {
  const timer = setTimeout(() => socket.terminate?.(), GOODBYE_MS);
  socket.addEventListener("close", () => clearTimeout(timer));
  socket.addEventListener("error", () => {});
  socket.close();
}
