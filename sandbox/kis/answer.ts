import type { Market } from "../exchange/market/market.js";
import type { Identifiers } from "../shared/random.js";
import { actionOf, checkCustomer, checkHash, checkHost, checkToken, stateFor } from "./access.js";
import type { Account } from "./account.js";
import type { Call, Handler, Outcome } from "./call.js";
import type { EnvironmentState } from "./environment-state.js";
import { either, nothing } from "./facts.js";
import { madeUp, quiet } from "./filler.js";
import { inOtherForms } from "./forms.js";
import { type Inbound, jsonBody } from "./inbound.js";
import { messageFor } from "./messages.js";
import { pageOf } from "./paging.js";
import { readParameters } from "./parameters.js";
import { quotations } from "./quotes/answer.js";
import { CALENDAR } from "./quotes/calendar.js";
import { asRefusal, Refusal } from "./refusal.js";
import type { KisRoute, KisRoutes } from "./routes.js";
import { bodyOf } from "./sections.js";
import { TRADING } from "./trading/index.js";
import { type AnswerHeaders, accepted, refused } from "./wire.js";

/** What answering takes. */
export interface AnswerContext {
  routes: KisRoutes;
  states: readonly EnvironmentState[];
  market: Market;
  seed: string | number;
  ids: Identifiers;
  otherForms: boolean;
  pageSize: number | undefined;
}

/** Answers a request under `/uapi/`: the gateway first, then the operation. */
export function answer(inbound: Inbound, hostname: string, context: AnswerContext): Response {
  const { headers } = inbound;
  const head: AnswerHeaders = { trId: headers.get("tr_id") ?? "", trCont: "", transactionId: context.ids.hex(32) };
  try {
    const state = stateFor(context.states, headers);
    checkHost(state, hostname);
    checkToken(state, headers);
    const { call, route } = admitted(inbound, state, context);
    const { sections, top = nothing, code } = outcomeOf(call);
    const isOfAccount = Object.hasOwn(TRADING, route.operation.path);
    const page = pageOf(route, sections, {
      trCont: headers.get("tr_cont")?.trim() ?? "",
      input: call.input,
      owner: call.account ? `${call.account.customer}^${call.account.product}^` : "",
      size: context.pageSize ?? (state.environment === "real" && isOfAccount ? REAL_PAGE : PAGE),
      cursor: () => state.cursor(`${headers.get("appkey")} ${head.trId} ${JSON.stringify(call.input)}`),
    });
    const filler = isOfAccount
      ? quiet
      : madeUp(`${context.seed}/${route.operation.path}/${JSON.stringify(call.input)}`, context.market.now);
    const body = bodyOf(route.operation.response, page.sections, either(page.keys, top), filler);
    const said = code ?? LOOKED_UP[page.trCont] ?? "KIOK0510";
    const formed = context.otherForms ? inOtherForms(body, route.operation.response) : body;
    return accepted(said, messageFor(said), formed, { ...head, trCont: page.trCont });
  } catch (error) {
    return refused(asRefusal(error), head);
  }
}

/** Rows of a page of an account's lists, and of all other lists. */
const REAL_PAGE = 50;
const PAGE = 20;

/** What look-ups say that have more than one page. */
const LOOKED_UP: Readonly<Record<string, string>> = { F: "KIOK0500", M: "KIOK0500", E: "KIOK0460" };

/** @throws Refusal for what the gateway, or the parameters, do not let through */
function admitted(
  inbound: Inbound,
  state: EnvironmentState,
  { routes, market }: AnswerContext,
): { call: Call; route: KisRoute } {
  const { headers, path, method } = inbound;
  const route = routes.at(path);
  if (!route) throw new Refusal("EGW00203");
  const action = actionOf(route, state.environment, headers.get("tr_id"), routes.trIds);
  checkCustomer(state, headers);
  if (method !== route.operation.method) throw new Refusal("EGW00203");
  const sent = method === "GET" ? (inbound.parameters ?? {}) : jsonBody(inbound);
  if (method !== "GET") checkHash(headers, sent);
  const account = accountIn(state, route, sent);
  const limited = state.limits.flawOf(
    headers.get("appkey") ?? "",
    path.includes("/trading/") ? (account?.number ?? "") : undefined,
  );
  if (limited) throw new Refusal(limited);
  const input = readParameters(route, sent, action);
  if (route.isOwned && !account) throw new Refusal("OPSQ2000");
  account?.settle(market.now);
  return { route, call: { route, environment: state.environment, input, action, account, market } };
}

function accountIn(
  state: EnvironmentState,
  { isOwned }: KisRoute,
  { CANO, ACNT_PRDT_CD }: Readonly<Record<string, unknown>>,
): Account | undefined {
  return isOwned && typeof CANO === "string" && typeof ACNT_PRDT_CD === "string"
    ? state.account(CANO, ACNT_PRDT_CD)
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
