import type { LiveAccess } from "./access.js";
import { Connection } from "./connection.js";
import type { WebSocketMaker } from "./socket.js";

/** Connections by address and app key. */
type World = Map<string, Connection>;

const network: World = /* @__PURE__ */ new Map();
/** A `WebSocket` that a client brings along may lead to a world of its own, such as a sandbox. */
const others = /* @__PURE__ */ new WeakMap<WebSocketMaker, World>();

/** KIS allows an app key one session, however many clients there are. */
export function connectionOf(access: LiveAccess): Connection {
  const world = worldOf(access);
  const name = nameOf(access);
  const connection = world.get(name) ?? new Connection(access);
  world.set(name, connection);
  return connection;
}

export function forget(access: LiveAccess, connection: Connection): void {
  const world = worldOf(access);
  const name = nameOf(access);
  if (world.get(name) === connection) world.delete(name);
}

function worldOf({ settings: { webSocket } }: LiveAccess): World {
  if (!webSocket) return network;
  const world = others.get(webSocket) ?? new Map();
  others.set(webSocket, world);
  return world;
}

function nameOf({ url, appKey }: LiveAccess): string {
  return `${url} ${appKey}`;
}
