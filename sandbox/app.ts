import { Hono } from "hono";
import { controlRoutes } from "./control-routes.js";
import type { MockOfSpecs } from "./provider/index.js";
import type { MockProvider } from "./shared/mock-provider.js";
import type { Sandbox } from "./types.js";

export interface MockProviders {
  codef: MockProvider;
  kis: MockProvider;
  kiwoom: MockProvider;
  masters: MockProvider;
  openBanking: MockProvider;
  tossinvest: MockProvider;
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

/** Whose hosts these are. Their paths could be anybody's: on a port they stand below their names. */
const HOSTS: Readonly<Record<string, keyof MockProviders>> = {
  "api.kiwoom.com": "kiwoom",
  "mockapi.kiwoom.com": "kiwoom",
  "openapi.tossinvest.com": "tossinvest",
};
const BELOW_NAMES = ["kiwoom", "tossinvest"] as const;

/** What paths begin with that are somebody's already, CODEF's among them. */
export const TAKEN_NAMES: readonly string[] = [
  ...Object.keys(PREFIXES).map((prefix) => prefix.split("/")[1] ?? ""),
  ...["__sandbox", "account", "kiwoom", "tossinvest", "tryitout", "v1", "ws"],
];

/**
 * One application for all hosts of all providers. The paths of those that kofin brings do not overlap; further ones are told apart by their
 * hosts, or on a port by their names: `/acme/…`.
 */
export function createApp(sandbox: Sandbox, mocks: MockProviders, further: () => readonly MockOfSpecs[]): Hono {
  const app = new Hono();
  app.route("/__sandbox", controlRoutes(sandbox));
  app.use("*", async (context, next) => {
    const { hostname, pathname } = new URL(context.req.url);
    const found = HOSTS[hostname] ?? BELOW_NAMES.find((name) => pathname.startsWith(`/${name}/`));
    return found ? mocks[found].fetch(context.req.raw) : next();
  });
  app.use("*", async (context, next) => {
    const url = new URL(context.req.url);
    const all = further();
    const found =
      all.find(({ endpoints }) => endpoints.isOwn(url)) ?? all.find(({ endpoints }) => endpoints.isBelowName(url));
    return found ? found.fetch(context.req.raw) : next();
  });
  for (const [prefix, name] of Object.entries(PREFIXES)) {
    app.all(`${prefix}*`, (context) => mocks[name].fetch(context.req.raw));
  }
  // CODEF says in its own words that it does not know a path, so whatever is nobody else's ends there.
  app.all("*", (context) => mocks.codef.fetch(context.req.raw));
  return app;
}
