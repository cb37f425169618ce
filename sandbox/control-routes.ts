/**
 * The controls of a sandbox over HTTP, for tests in other languages: what `sandbox.codef.…` does in process, as JSON.
 * @module
 */
import { Hono } from "hono";
import { CODEF_CONTROLS } from "./codef/control-routes.js";
import { KIS_CONTROLS } from "./kis/control-routes.js";
import { KIWOOM_CONTROLS } from "./kiwoom/control-routes.js";
import { OPEN_BANKING_CONTROLS } from "./openbanking/control-routes.js";
import { PROVIDER_CONTROLS } from "./provider/control-routes.js";
import type { ControlTable } from "./shared/control-table.js";
import { isRecord, type Json } from "./shared/json.js";
import { TOSSINVEST_CONTROLS } from "./tossinvest/control-routes.js";
import type { Sandbox } from "./types.js";
import { WOORI_CONTROLS } from "./woori/control-routes.js";

/** One provider's controls, ready to be called. */
interface Bound {
  show(): Json;
  controls: ReadonlyMap<string, (body: Json) => Json | Promise<Json>>;
}

export function controlRoutes(sandbox: Sandbox): Hono {
  const providers: Readonly<Record<string, Bound>> = {
    codef: bind(CODEF_CONTROLS, () => sandbox.codef),
    kis: bind(KIS_CONTROLS, () => sandbox.kis),
    kiwoom: bind(KIWOOM_CONTROLS, () => sandbox.kiwoom),
    openbanking: bind(OPEN_BANKING_CONTROLS, () => sandbox.openBanking),
    tossinvest: bind(TOSSINVEST_CONTROLS, () => sandbox.tossinvest),
    woori: bind(WOORI_CONTROLS, () => sandbox.woori),
    ...Object.fromEntries(
      sandbox.providers.map((name) => [name, bind(PROVIDER_CONTROLS, () => sandbox.provider(name))] as const),
    ),
  };
  const names = [
    "POST /__sandbox/reset",
    ...Object.entries(providers).flatMap(([provider, { controls }]) => [
      `GET /__sandbox/${provider}`,
      ...[...controls.keys()].map((name) => `POST /__sandbox/${provider}/${name}`),
    ]),
  ];
  const app = new Hono();
  for (const [provider, { show, controls }] of Object.entries(providers)) {
    app.get(`/${provider}`, (context) => context.json(show()));
    for (const [name, control] of controls) {
      app.post(`/${provider}/${name}`, async (context) => context.json(await control(await readJson(context.req.raw))));
    }
  }
  app.post("/reset", (context) => {
    sandbox.reset();
    return context.json({});
  });
  app.get("/", (context) => context.json({ controls: names }));
  app.all("*", (context) => context.json({ error: "No such control", controls: names }, 404));
  // Everything that goes wrong here is what the caller sent.
  app.onError((error, context) => context.json({ error: error.message }, 400));
  return app;
}

/** A provider's mock is made when it is first asked for. */
function bind<Controls>({ show, controls }: ControlTable<Controls>, of: () => Controls): Bound {
  const bound = Object.entries(controls).map(([name, control]) => [name, (body: Json) => control(of(), body)] as const);
  return { show: () => show(of()), controls: new Map(bound) };
}

async function readJson(request: Request): Promise<Json> {
  const sent = await request.text();
  if (sent === "") return {};
  const body: unknown = JSON.parse(sent);
  if (!isRecord(body)) throw new Error("Send a JSON object");
  return body;
}
