import { serve } from "@hono/node-server";
import type { Sandbox } from "./index.js";

export interface ServeOptions {
  /** 0 takes a free one. */
  port: number;
  /** Default 127.0.0.1: only this machine. */
  hostname?: string;
}

export interface ServedSandbox {
  /** Where it listens: base URL and OAuth URL of every client. */
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
      { fetch: (request) => sandbox.fetch(request), port, hostname, overrideGlobalObjects: false },
      (address) => {
        const host = hostname.includes(":") ? `[${hostname}]` : hostname;
        const close = () =>
          new Promise<void>((closed) => {
            server.close(() => closed());
            if ("closeAllConnections" in server) server.closeAllConnections();
          });
        resolve({ url: `http://${host}:${address.port}`, close });
      },
    );
    server.once("error", reject);
  });
}
