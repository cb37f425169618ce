import type { Identifiers } from "../shared/random.js";
import type { Account } from "./book/account.js";
import type { Call, Handler, Outcome } from "./call.js";
import type { Desk } from "./desk.js";
import { either, nothing } from "./facts.js";
import { madeUp, quiet } from "./filler.js";
import { inOtherForms } from "./forms.js";
import { actionOf, checkCustomer, checkHash, checkHost, checkToken, deskOf } from "./gate.js";
import { type Inbound, jsonBody } from "./inbound.js";
import type { Market } from "./market/market.js";
import { messageFor } from "./messages.js";
import { pageOf } from "./paging.js";
import { readParameters } from "./parameters.js";
import { quotations } from "./quotes/answer.js";
import { CALENDAR } from "./quotes/calendar.js";
import { Refusal } from "./refusal.js";
import type { KisRoute, Routes } from "./routes.js";
import { bodyOf } from "./sections.js";
import { TRADING } from "./trading/index.js";
import { accepted, type Label, refused } from "./wire.js";

/** What answering takes. */
export interface Surroundings {
  routes: Routes;
  desks: readonly Desk[];
  market: Market;
  seed: string | number;
  ids: Identifiers;
  otherForms: boolean;
  pageSize: number | undefined;
}

/** Answers a request under `/uapi/`: the gateway first, then the operation. */
export function answer(inbound: Inbound, hostname: string, around: Surroundings): Response {
  const { headers } = inbound;
  const label: Label = { trId: headers.get("tr_id") ?? "", trCont: "", transactionId: around.ids.hex(32) };
  try {
    const desk = deskOf(around.desks, headers);
    checkHost(desk, hostname);
    checkToken(desk, headers);
    const { call, route } = admitted(inbound, desk, around);
    const { sections, top = nothing, code } = outcomeOf(call);
    const isOfAccount = Object.hasOwn(TRADING, route.operation.path);
    const page = pageOf(route, sections, {
      trCont: headers.get("tr_cont")?.trim() ?? "",
      input: call.input,
      owner: call.account ? `${call.account.customer}^${call.account.product}^` : "",
      size: around.pageSize ?? (desk.environment === "real" && isOfAccount ? REAL_PAGE : PAGE),
      cursor: () => desk.cursor(`${headers.get("appkey")} ${label.trId} ${JSON.stringify(call.input)}`),
    });
    const filler = isOfAccount
      ? quiet
      : madeUp(`${around.seed}/${route.operation.path}/${JSON.stringify(call.input)}`, around.market.now);
    const body = bodyOf(route.operation.response, page.sections, either(page.keys, top), filler);
    const said = code ?? LOOKED_UP[page.trCont] ?? "KIOK0510";
    const formed = around.otherForms ? inOtherForms(body, route.operation.response) : body;
    return accepted(said, messageFor(said), formed, { ...label, trCont: page.trCont });
  } catch (error) {
    if (error instanceof Refusal) return refused(error, label);
    throw error;
  }
}

/** Rows of a page of an account's lists, and of all other lists. */
const REAL_PAGE = 50;
const PAGE = 20;

/** What look-ups say that have more than one page. */
const LOOKED_UP: Readonly<Record<string, string>> = { F: "KIOK0500", M: "KIOK0500", E: "KIOK0460" };

/** @throws Refusal for what the gateway, or the parameters, do not let through */
function admitted(inbound: Inbound, desk: Desk, { routes, market }: Surroundings): { call: Call; route: KisRoute } {
  const { headers, path, method } = inbound;
  const route = routes.byPath.get(path);
  if (!route) throw new Refusal("EGW00203");
  const action = actionOf(route, desk.environment, headers.get("tr_id"), routes.trIds);
  checkCustomer(desk, headers);
  if (method !== route.operation.method) throw new Refusal("EGW00203");
  const sent = method === "GET" ? (inbound.parameters ?? {}) : jsonBody(inbound);
  if (method !== "GET") checkHash(headers, sent);
  const account = accountIn(desk, route, sent);
  const limited = desk.limits.flawOf(
    headers.get("appkey") ?? "",
    path.includes("/trading/") ? (account?.number ?? "") : undefined,
  );
  if (limited) throw new Refusal(limited);
  const input = readParameters(route, sent, action);
  if (route.isOwned && !account) throw new Refusal("OPSQ2000");
  account?.settle(market.now);
  return { route, call: { route, environment: desk.environment, input, action, account, market } };
}

function accountIn(
  desk: Desk,
  { isOwned }: KisRoute,
  { CANO, ACNT_PRDT_CD }: Readonly<Record<string, unknown>>,
): Account | undefined {
  return isOwned && typeof CANO === "string" && typeof ACNT_PRDT_CD === "string"
    ? desk.account(CANO, ACNT_PRDT_CD)
    : undefined;
}

function outcomeOf(call: Call): Outcome {
  const { path } = call.route.operation;
  const handle: Handler = own(TRADING, path) ?? own(CALENDAR, path) ?? quotations;
  return handle(call);
}

function own(handlers: Readonly<Record<string, Handler>>, path: string): Handler | undefined {
  return Object.hasOwn(handlers, path) ? handlers[path] : undefined;
}
