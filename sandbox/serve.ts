import type { Server as HttpServer, ServerResponse } from "node:http";
import { type Http2Bindings, type HttpBindings, serve } from "@hono/node-server";
import type { Sandbox } from "./types.js";
import { type SocketRoute, serveWebSockets } from "./web-sockets/serve.js";
import { capitalizeHeaders } from "./wire-headers.js";

export interface ServeOptions {
  /** 0 takes a free one. */
  port: number;
  /** Default 127.0.0.1: only this machine. */
  hostname?: string;
}

export interface ServedSandbox {
  /** Where it listens: base URL and OAuth URL of every client, and with `ws:` in front the web sockets of KIS and Toss Securities. */
  url: string;
  /** Stops listening and drops what is under way. */
  close(): Promise<void>;
}

/**
 * Puts a sandbox on a port.
 * @throws what Node throws when it cannot listen, such as `EADDRINUSE`
 */
export function serveSandbox(sandbox: Sandbox, { port, hostname = "127.0.0.1" }: ServeOptions): Promise<ServedSandbox> {
  return new Promise((resolve, reject) => {
    // The platform's Request and Response stay as they are: in process the sandbox is a library among others.
    const server = serve(
      {
        fetch: (request, { incoming, outgoing }) => {
          capitalizeHeaders(outgoing as ServerResponse);
          return answer(sandbox, request, incoming).catch(hangUp(outgoing));
        },
        port,
        hostname,
        overrideGlobalObjects: false,
      },
      (address) => {
        const closeWebSockets = serveWebSockets(server as HttpServer, socketRoutes(sandbox));
        const host = hostname.includes(":") ? `[${hostname}]` : hostname;
        const close = () =>
          new Promise<void>((closed) => {
            server.close(() => closed());
            closeWebSockets();
            if ("closeAllConnections" in server) server.closeAllConnections();
          });
        resolve({ url: `http://${host}:${address.port}`, close });
      },
    );
    server.once("error", reject);
  });
}

/** KIS opens sockets on `/`, `/tryitout` and `/tryitout/H0STCNT0`, Kiwoom on `/api/dostk/websocket` and `/api/us/websocket`, Toss Securities on `/ws/v1`. */
function socketRoutes(sandbox: Sandbox): SocketRoute[] {
  return [
    { paths: /^\/api\/(dostk|us)\/websocket$/, webSocket: () => sandbox.kiwoom.webSocket },
    { paths: /^(\/tossinvest)?\/ws\/v1$/, webSocket: () => sandbox.tossinvest.webSocket, refusal: "401 Unauthorized" },
    {
      paths: /^\/(tryitout(\/\w*)?)?$/,
      webSocket: () => sandbox.kis.webSocket,
      start: () => sandbox.kis.realtime.start(),
    },
  ];
}

type Incoming = (HttpBindings | Http2Bindings)["incoming"];
type Outgoing = (HttpBindings | Http2Bindings)["outgoing"];

/** Where there is no answer, the sandbox means the connection to break. */
function hangUp(outgoing: Outgoing): (error: unknown) => never {
  return (error) => {
    outgoing.destroy();
    throw error;
  };
}

/** The platform's `Request` cannot hold the body of a GET, so it is still to be read when such a request arrives. */
async function answer(sandbox: Sandbox, request: Request, incoming: Incoming): Promise<Response> {
  const { "content-length": length = "0", "transfer-encoding": encoding } = incoming.headers;
  if (request.method !== "GET" || (length === "0" && !encoding)) return sandbox.fetch(request);
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const { url, method, headers, signal } = request;
  return sandbox.fetch(url, { method, headers, signal, body: Buffer.concat(chunks) });
}
