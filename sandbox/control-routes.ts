/**
 * The controls of a sandbox over HTTP, for tests in other languages: what `sandbox.codef.…` does in process, as JSON.
 * @module
 */
import { Hono } from "hono";
import type { CodefSandbox, Fault } from "./codef/controls.js";
import type { TwoWayStep } from "./codef/two-way.js";
import type { Sandbox } from "./index.js";
import { isRecord, type Json } from "./shared/json.js";

export function controlRoutes({ codef, reset }: Sandbox): Hono {
  const app = new Hono();
  app.get("/codef", (context) => {
    const { publicKey, tokensIssued, requests } = codef;
    return context.json({ publicKey, tokensIssued, requests });
  });
  for (const [name, control] of Object.entries(CODEF_CONTROLS)) {
    app.post(`/codef/${name}`, async (context) => context.json(control(codef, await readJson(context.req.raw))));
  }
  app.post("/reset", (context) => {
    reset();
    return context.json({});
  });
  app.get("/", (context) => context.json({ controls: CONTROLS }));
  app.all("*", (context) => context.json({ error: "No such control", controls: CONTROLS }, 404));
  // Everything that goes wrong here is what the caller sent.
  app.onError((error, context) => context.json({ error: error.message }, 400));
  return app;
}

const CODEF_CONTROLS: Record<string, (codef: CodefSandbox, body: Json) => Json> = {
  script(codef, body) {
    codef.script(text(body, "operation"), steps(body));
    return {};
  },
  approve(codef, body) {
    return { approved: codef.approve(body.jti === undefined ? undefined : text(body, "jti")) };
  },
  single(codef, body) {
    if (typeof body.on !== "boolean") throw new Error("on: true or false is needed");
    codef.single(body.on);
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
];

async function readJson(request: Request): Promise<Json> {
  const sent = await request.text();
  if (sent === "") return {};
  const body: unknown = JSON.parse(sent);
  if (!isRecord(body)) throw new Error("Send a JSON object");
  return body;
}

function text(body: Json, name: string): string {
  const value = body[name];
  if (typeof value !== "string") throw new Error(`${name}: a text is needed`);
  return value;
}

function count(body: Json, name: string): number {
  const value = body[name];
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0) {
    throw new Error(`${name}: a whole number is needed`);
  }
  return value;
}

function selection(body: Json) {
  return {
    ...(body.times !== undefined && { times: count(body, "times") }),
    ...(body.path !== undefined && { path: text(body, "path") }),
  };
}

function steps({ steps: given }: Json): TwoWayStep[] {
  const list: unknown[] = Array.isArray(given) ? given : [];
  if (!Array.isArray(given) || !list.every((step) => isRecord(step) && typeof step.method === "string")) {
    throw new Error("steps: a list of { method, answer } is needed");
  }
  return list as TwoWayStep[];
}
