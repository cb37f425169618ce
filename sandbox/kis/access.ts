/**
 * What the gateway looks at before anything else: keys, token, tr_id and kind of customer.
 * @module
 */
import { createHash } from "node:crypto";
import { bearerToken } from "../shared/authorization.js";
import type { Json } from "../shared/json.js";
import type { Environment } from "./credentials.js";
import type { EnvironmentState } from "./environment-state.js";
import { Refusal } from "./refusal.js";
import type { KisRoute } from "./routes.js";

/** The environment whose keys the headers hold. @throws Refusal */
export function stateFor(states: readonly EnvironmentState[], headers: Headers): EnvironmentState {
  const appKey = headers.get("appkey");
  if (!appKey) throw new Refusal("EGW00102");
  const state = states.find(({ apps }) => apps.has(appKey));
  if (!state) throw new Refusal("EGW00103");
  const appSecret = headers.get("appsecret");
  if (!appSecret) throw new Refusal("EGW00104");
  if (state.apps.get(appKey) !== appSecret) throw new Refusal("EGW00105");
  return state;
}

/** @throws Refusal when the token is missing, no bearer token, or not good for the app key any more */
export function checkToken({ tokens }: EnvironmentState, headers: Headers): void {
  const authorization = headers.get("authorization");
  if (!authorization) throw new Refusal("EGW00122");
  const token = bearerToken(authorization);
  if (!token) throw new Refusal("EGW00205");
  const flaw = tokens.flawOf(token, headers.get("appkey") ?? "");
  if (flaw) throw new Refusal(flaw);
}

/**
 * Which action of the operation the tr_id stands for.
 * @param known every tr_id there is
 * @throws Refusal when there is none, nobody knows it, it is another operation's, or the mock server does not have it
 */
export function actionOf(
  route: KisRoute,
  environment: Environment,
  trId: string | null,
  known: ReadonlySet<string>,
): string | undefined {
  if (!trId) throw new Refusal("OPSQ9999");
  const { [environment]: here, real } = route.trIds;
  if (here.has(trId)) return here.get(trId);
  if (environment === "mock" && real.has(trId)) throw new Refusal("EGW02006");
  throw new Refusal(known.has(trId) ? "OPSQ0002" : "EGW00310");
}

/** A name of a real server, with a key that only the mock one has. */
export function checkHost({ environment }: EnvironmentState, hostname: string): void {
  if (environment === "mock" && hostname === "openapi.koreainvestment.com") throw new Refusal("EGW02004");
}

/** A person needs no more than the keys; a company has five headers to bring. What names no kind of customer is a person's. */
export function checkCustomer({ environment }: EnvironmentState, headers: Headers): void {
  const kind = headers.get("custtype") || "P";
  if (kind === "P") return;
  if (kind !== "B") throw new Refusal("EGW00208");
  if (environment === "mock") throw new Refusal("EGW00210");
  if (!headers.get("personalseckey")) throw new Refusal("EGW00304");
  if (!/^\d{2,3}$/.test(headers.get("seq_no") ?? "")) throw new Refusal("EGW00209");
  if (!headers.get("phone_number")) throw new Refusal("EGW00212");
  if (!headers.get("ip_addr")) throw new Refusal("EGW00207");
  if (!headers.get("gt_uid")) throw new Refusal("EGW00101");
}

/** A hash is taken from those who send none, and has to be right from those who do. */
export function checkHash(headers: Headers, body: Json): void {
  const hash = headers.get("hashkey");
  if (hash && hash !== hashOf(body)) throw new Refusal("EGW00131");
}

export function hashOf(body: Json): string {
  return createHash("sha256").update(JSON.stringify(body)).digest("hex");
}
