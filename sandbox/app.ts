import { Hono } from "hono";
import { controlRoutes } from "./control-routes.js";
import type { MockProvider } from "./shared/mock-provider.js";
import type { Sandbox } from "./types.js";

export interface MockProviders {
  codef: MockProvider;
  kis: MockProvider;
  masters: MockProvider;
  openBanking: MockProvider;
  woori: MockProvider;
}

/** Whose the paths are that begin so. */
const PREFIXES: Readonly<Record<string, keyof MockProviders>> = {
  "/common/master/": "masters",
  "/oai/": "woori",
  "/oap/": "woori",
  "/oauth/2.0/": "openBanking",
  "/oauth2/": "kis",
  "/uapi/": "kis",
  "/v2.0/": "openBanking",
};

/** One application for all hosts of all providers: their paths do not overlap. */
export function createApp(sandbox: Sandbox, mocks: MockProviders): Hono {
  const app = new Hono();
  app.route("/__sandbox", controlRoutes(sandbox));
  for (const [prefix, name] of Object.entries(PREFIXES)) {
    app.all(`${prefix}*`, (context) => mocks[name].fetch(context.req.raw));
  }
  // CODEF says in its own words that it does not know a path, so whatever is nobody else's ends there.
  app.all("*", (context) => mocks.codef.fetch(context.req.raw));
  return app;
}
