import { need } from "../need.js";

/** The part of a web-standard `WebSocket` that kofin uses. */
export interface Socket {
  readonly readyState: number;
  send(text: string): void;
  close(code?: number): void;
  /** Ends it without a handshake; `ws` has it. */
  terminate?(): void;
  addEventListener(type: "open" | "message" | "close" | "error", listener: (event: SocketEvent) => void): void;
}

/** A message has data. */
export interface SocketEvent {
  readonly type: string;
  readonly data?: unknown;
}

/** `options`: where credentials go into the handshake. Browsers have no such thing. */
export type WebSocketMaker = new (url: string, options?: SocketOptions) => Socket;

export interface SocketOptions {
  headers: Record<string, string>;
}

/** Milliseconds for the closing handshake, after which the socket is dropped. */
const GOODBYE_MS = 1_000;
const CLOSED = 3;

/** @throws InvalidInputError `PACKAGE_MISSING` where the platform has no WebSocket and the package `ws` is not there */
export async function socketMaker(own?: WebSocketMaker): Promise<WebSocketMaker> {
  if (own) return own;
  // Types of the platform know no headers; Node, Bun and Deno do.
  if (typeof WebSocket !== "undefined") return WebSocket as unknown as WebSocketMaker;
  return (await need("ws", () => import("ws"))).WebSocket;
}

/** Closes, and makes sure of it: a server that does not answer would keep the process alive. */
export function hangUp(socket: Socket): void {
  if (socket.readyState === CLOSED) return;
  const timer: unknown = setTimeout(() => socket.terminate?.(), GOODBYE_MS);
  // The socket is what a process waits for, not the clock beside it.
  if (isNodeTimer(timer)) timer.unref();
  socket.addEventListener("close", () => clearTimeout(timer as number));
  socket.addEventListener("error", () => {});
  socket.close();
}

function isNodeTimer(timer: unknown): timer is { unref(): void } {
  return typeof timer === "object" && timer !== null && "unref" in timer;
}
