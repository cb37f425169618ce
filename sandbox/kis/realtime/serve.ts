/**
 * The realtime server on a port, beside the HTTP server of the sandbox. Needs the package `ws`.
 * @module
 */
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocket, WebSocketServer } from "ws";
import type { KisSandbox } from "../controls.js";
import type { SandboxCloseEvent, SandboxWebSocket } from "./controls.js";

/** Paths that KIS opens sockets on: `/`, `/tryitout` and `/tryitout/H0STCNT0`. */
const PATHS = /^\/(tryitout(\/\w*)?)?$/;

/** Takes up every web socket that is asked for. @returns what ends them all */
export function serveWebSockets(server: Pick<Server, "on">, kis: () => KisSandbox): () => void {
  let sockets: WebSocketServer | undefined;
  let stop: (() => void) | undefined;
  const takeUp = async (request: IncomingMessage, connection: Duplex, head: Buffer): Promise<void> => {
    const { WebSocketServer } = await import("ws");
    sockets ??= new WebSocketServer({ noServer: true });
    const { pathname } = new URL(request.url ?? "/", "ws://sandbox");
    if (!PATHS.test(pathname)) {
      refuse(connection, "404 Not Found");
      return;
    }
    stop ??= kis().realtime.start();
    const inner = new (kis().webSocket)(`ws://sandbox${pathname}`);
    inner.onclose = () => connection.destroy();
    inner.onopen = () => sockets?.handleUpgrade(request, connection, head, (outer) => join(outer, inner));
  };
  server.on("upgrade", (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    connection.on("error", () => connection.destroy());
    // Without the package there is nothing to take it up with.
    takeUp(request, connection, head).catch(() => refuse(connection, "501 Not Implemented"));
  });
  return () => {
    stop?.();
    stop = undefined;
    for (const client of sockets?.clients ?? []) client.terminate();
  };
}

/** What one says the other hears. */
function join(outer: WebSocket, inner: SandboxWebSocket): void {
  inner.onmessage = ({ data }) => outer.send(data);
  inner.onclose = ({ code, wasClean }: SandboxCloseEvent) => (wasClean ? outer.close(code) : outer.terminate());
  outer.on("message", (data) => inner.send(String(data)));
  // The official sample answers a heartbeat with a pong frame that holds its text.
  outer.on("pong", (data) => inner.send(String(data)));
  outer.on("error", () => outer.terminate());
  outer.on("close", () => inner.close());
}

function refuse(connection: Duplex, status: string): void {
  connection.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
