/**
 * Web sockets on a port, beside the HTTP server of the sandbox. Needs the package `ws`.
 * @module
 */
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocket, WebSocketServer } from "ws";
import type { SandboxCloseEvent, SandboxWebSocket, SandboxWebSocketMaker } from "./types.js";

/** Where a mock provider opens sockets. */
export interface SocketRoute {
  paths: RegExp;
  webSocket(): SandboxWebSocketMaker;
  /** How a handshake is refused. Default: the connection breaks. */
  refusal?: string;
  /** Has things happen by the clock of the machine. @returns what ends that */
  start?(): () => void;
}

/** Takes up every web socket that is asked for. @returns what ends them all */
export function serveWebSockets(server: Pick<Server, "on" | "emit">, routes: readonly SocketRoute[]): () => void {
  let sockets: WebSocketServer | undefined;
  const started = new Map<SocketRoute, () => void>();
  const takeUp = async (request: IncomingMessage, connection: Duplex, head: Buffer): Promise<void> => {
    const { WebSocketServer } = await import("ws");
    sockets ??= new WebSocketServer({ noServer: true });
    const { pathname } = new URL(request.url ?? "/", "ws://sandbox");
    const route = routes.find(({ paths }) => paths.test(pathname));
    if (!route) {
      refuse(connection, "404 Not Found");
      return;
    }
    if (route.start && !started.has(route)) started.set(route, route.start());
    const { authorization } = request.headers;
    const inner = new (route.webSocket())(`ws://sandbox${pathname}`, {
      ...(authorization !== undefined && { headers: { authorization } }),
    });
    let isOpen = false;
    inner.onclose = () => (isOpen || !route.refusal ? connection.destroy() : refuse(connection, route.refusal));
    inner.onopen = () => {
      isOpen = true;
      sockets?.handleUpgrade(request, connection, head, (outer) => join(outer, inner));
    };
  };
  server.on("upgrade", (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    if (request.headers.upgrade?.toLowerCase() !== "websocket") return ignoreUpgrade(server, request, connection, head);
    connection.on("error", () => connection.destroy());
    // Without the package there is nothing to take it up with.
    takeUp(request, connection, head).catch(() => refuse(connection, "501 Not Implemented"));
  });
  return () => {
    for (const stop of started.values()) stop();
    started.clear();
    for (const client of sockets?.clients ?? []) client.terminate();
  };
}

/**
 * A server may pass over an upgrade that it does not speak (RFC 9110, 7.8): clients of Java ask for h2c with every request. Node has
 * taken the request off its parser by then, so it is put in front of what is still to be read, without the wish.
 */
function ignoreUpgrade(server: Pick<Server, "emit">, request: IncomingMessage, connection: Duplex, head: Buffer): void {
  const { method, url, httpVersion, rawHeaders } = request;
  const pairs = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ""] as const] : []));
  const kept = pairs.filter(([name]) => !/^(connection|upgrade|http2-settings)$/i.test(name));
  const lines = [`${method} ${url} HTTP/${httpVersion}`, ...kept.map(([name, value]) => `${name}: ${value}`), "", ""];
  connection.unshift(Buffer.concat([Buffer.from(lines.join("\r\n"), "latin1"), head]));
  server.emit("connection", connection);
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
