import { Connection } from "./connection.js";
import type { RealtimeProtocol } from "./protocol.js";
import type { WebSocketMaker } from "./socket.js";

/** Connections by address and name. */
type Connections = Map<string, Connection<never>>;

const network: Connections = /* @__PURE__ */ new Map();
/** A `WebSocket` that a client brings along may lead to a network of its own, such as a sandbox. */
const others = /* @__PURE__ */ new WeakMap<WebSocketMaker, Connections>();

/** Providers allow a key one session, however many clients there are. */
export function connectionOf<Source>(protocol: RealtimeProtocol<Source>): Connection<Source> {
  const connections = connectionsOf(protocol);
  const name = nameOf(protocol);
  const known = connections.get(name) as Connection<Source> | undefined;
  if (known) return known;
  const connection = new Connection(protocol);
  connections.set(name, connection as unknown as Connection<never>);
  return connection;
}

export function forget<Source>(protocol: RealtimeProtocol<Source>, connection: Connection<Source>): void {
  const connections = connectionsOf(protocol);
  const name = nameOf(protocol);
  if (connections.get(name) === (connection as unknown)) connections.delete(name);
}

function connectionsOf<Source>({ settings: { webSocket } }: RealtimeProtocol<Source>): Connections {
  if (!webSocket) return network;
  const connections = others.get(webSocket) ?? new Map();
  others.set(webSocket, connections);
  return connections;
}

function nameOf<Source>({ provider, url, name }: RealtimeProtocol<Source>): string {
  return `${provider} ${url} ${name}`;
}
