import { Hono } from "hono";
import { controlRoutes } from "./control-routes.js";
import type { Sandbox } from "./index.js";
import type { Room } from "./shared/room.js";

/** One application for all hosts of all providers: their paths do not overlap. */
export function createApp(sandbox: Sandbox, rooms: { codef: Room }): Hono {
  const app = new Hono();
  app.route("/__sandbox", controlRoutes(sandbox));
  // CODEF says in its own words that it does not know a path, so whatever is nobody else's ends there.
  app.all("*", (context) => rooms.codef.fetch(context.req.raw));
  return app;
}
