/**
 * The controls of a sandbox over HTTP, for tests in other languages: what `sandbox.codef.…` does in process, as JSON.
 * @module
 */
import { Hono } from "hono";
import type { CodefSandbox, Fault } from "./codef/controls.js";
import type { TwoWayStep } from "./codef/two-way.js";
import type { Sandbox } from "./index.js";
import { KIS_CONTROLS } from "./kis/control-routes.js";
import { OPEN_BANKING_CONTROLS } from "./openbanking/control-routes.js";
import { count, flag, selection, text } from "./shared/control-input.js";
import { isRecord, type Json } from "./shared/json.js";
import { WOORI_CONTROLS } from "./woori/control-routes.js";

export function controlRoutes(sandbox: Sandbox): Hono {
  const app = new Hono();
  app.get("/codef", (context) => {
    const { publicKey, tokensIssued, requests } = sandbox.codef;
    return context.json({ publicKey, tokensIssued, requests });
  });
  for (const [name, control] of Object.entries(CODEF_CONTROLS)) {
    app.post(`/codef/${name}`, async (context) =>
      context.json(await control(sandbox.codef, await readJson(context.req.raw))),
    );
  }
  app.get("/kis", (context) => {
    const { options, mockOptions, tokensIssued, requests } = sandbox.kis;
    const { sessions, messages } = sandbox.kis.realtime;
    const orders = sandbox.kis.orders();
    return context.json({ options, mockOptions, orders, sessions, messages, tokensIssued, requests });
  });
  for (const [name, control] of Object.entries(KIS_CONTROLS)) {
    app.post(`/kis/${name}`, async (context) => context.json(control(sandbox.kis, await readJson(context.req.raw))));
  }
  app.get("/openbanking", (context) => {
    const { users, contractAccounts, tokensIssued, requests } = sandbox.openBanking;
    return context.json({ users, contractAccounts, ledger: sandbox.openBanking.ledger(), tokensIssued, requests });
  });
  for (const [name, control] of Object.entries(OPEN_BANKING_CONTROLS)) {
    app.post(`/openbanking/${name}`, async (context) =>
      context.json(await control(sandbox.openBanking, await readJson(context.req.raw))),
    );
  }
  app.get("/woori", (context) => {
    const { options, requests } = sandbox.woori;
    const { appKey, secretKey, token } = options;
    return context.json({ appKey, secretKey, token, ledger: sandbox.woori.ledger(), requests });
  });
  for (const [name, control] of Object.entries(WOORI_CONTROLS)) {
    app.post(`/woori/${name}`, async (context) =>
      context.json(control(sandbox.woori, await readJson(context.req.raw))),
    );
  }
  app.post("/reset", (context) => {
    sandbox.reset();
    return context.json({});
  });
  app.get("/", (context) => context.json({ controls: CONTROLS }));
  app.all("*", (context) => context.json({ error: "No such control", controls: CONTROLS }, 404));
  // Everything that goes wrong here is what the caller sent.
  app.onError((error, context) => context.json({ error: error.message }, 400));
  return app;
}

const CODEF_CONTROLS: Record<string, (codef: CodefSandbox, body: Json) => Json | Promise<Json>> = {
  async certificate(codef, body) {
    const { certificate, key, pfx, password } = await codef.certificate(body);
    const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
    return { certificate: base64(certificate), key: base64(key), pfx: base64(pfx), password };
  },
  script(codef, body) {
    codef.script(text(body, "operation"), steps(body));
    return {};
  },
  approve(codef, body) {
    return { approved: codef.approve(body.jti === undefined ? undefined : text(body, "jti")) };
  },
  single(codef, body) {
    codef.single(flag(body, "on"));
    return {};
  },
  "expire-tokens"(codef) {
    codef.expireTokens();
    return {};
  },
  "fail-next"(codef, body) {
    const fault: Fault = {
      ...(body.status !== undefined && { status: count(body, "status") }),
      ...(body.code !== undefined && { code: text(body, "code") }),
      ...(body.body !== undefined && { body: body.body }),
      ...selection(body),
    };
    codef.failNext(fault);
    return {};
  },
  "delay-next"(codef, body) {
    codef.delayNext(count(body, "milliseconds"), selection(body));
    return {};
  },
  decrypt(codef, body) {
    return { text: codef.decrypt(text(body, "value")) ?? null };
  },
};

const CONTROLS = [
  "POST /__sandbox/reset",
  "GET /__sandbox/codef",
  ...Object.keys(CODEF_CONTROLS).map((name) => `POST /__sandbox/codef/${name}`),
  "GET /__sandbox/kis",
  ...Object.keys(KIS_CONTROLS).map((name) => `POST /__sandbox/kis/${name}`),
  "GET /__sandbox/openbanking",
  ...Object.keys(OPEN_BANKING_CONTROLS).map((name) => `POST /__sandbox/openbanking/${name}`),
  "GET /__sandbox/woori",
  ...Object.keys(WOORI_CONTROLS).map((name) => `POST /__sandbox/woori/${name}`),
];

async function readJson(request: Request): Promise<Json> {
  const sent = await request.text();
  if (sent === "") return {};
  const body: unknown = JSON.parse(sent);
  if (!isRecord(body)) throw new Error("Send a JSON object");
  return body;
}

function steps({ steps: given }: Json): TwoWayStep[] {
  const list: unknown[] = Array.isArray(given) ? given : [];
  if (!Array.isArray(given) || !list.every((step) => isRecord(step) && typeof step.method === "string")) {
    throw new Error("steps: a list of { method, answer } is needed");
  }
  return list as TwoWayStep[];
}
