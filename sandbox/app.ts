import { Hono } from "hono";
import { controlRoutes } from "./control-routes.js";
import type { Room } from "./shared/room.js";
import type { Sandbox } from "./types.js";

export interface Rooms {
  codef: Room;
  kis: Room;
  masters: Room;
  openBanking: Room;
  woori: Room;
}

/** Whose the paths are that begin so. */
const PREFIXES: Readonly<Record<string, keyof Rooms>> = {
  "/common/master/": "masters",
  "/oai/": "woori",
  "/oap/": "woori",
  "/oauth/2.0/": "openBanking",
  "/oauth2/": "kis",
  "/uapi/": "kis",
  "/v2.0/": "openBanking",
};

/** One application for all hosts of all providers: their paths do not overlap. */
export function createApp(sandbox: Sandbox, rooms: Rooms): Hono {
  const app = new Hono();
  app.route("/__sandbox", controlRoutes(sandbox));
  for (const [prefix, room] of Object.entries(PREFIXES)) {
    app.all(`${prefix}*`, (context) => rooms[room].fetch(context.req.raw));
  }
  // CODEF says in its own words that it does not know a path, so whatever is nobody else's ends there.
  app.all("*", (context) => rooms.codef.fetch(context.req.raw));
  return app;
}
