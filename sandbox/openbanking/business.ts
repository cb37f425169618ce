/**
 * The business APIs, `/v2.0/…`: who may ask, whether the question has the right form, and the answer.
 * @module
 */
import { bearerToken } from "../shared/authorization.js";
import { isRecord } from "../shared/json.js";
import { bankHead, type Call } from "./call.js";
import type { CenterState } from "./center-state.js";
import { handlerOf } from "./handlers/index.js";
import { readInput } from "./request.js";
import { type Route, scopesFor } from "./routes.js";
import type { Texts } from "./texts.js";
import type { Holder } from "./tokens.js";
import { type Answer, authFlaw, BY_BANK, Refusal } from "./wire.js";

/** A request as it came in. */
export interface Inbound {
  method: string;
  url: URL;
  headers: Headers;
  text: string;
}

/** @throws Refusal, NoAnswer */
export function answerBusiness(
  route: Route | undefined,
  inbound: Inbound,
  now: number,
  center: CenterState,
  texts: Texts,
): Answer {
  const { method, url, headers, text } = inbound;
  if (!route) throw new Refusal("O0005");
  if (method !== route.operation.method) throw new Refusal("O0010");
  const holder = holderOf(headers.get("Authorization"), center);
  needScope(route, holder);
  const { useCode } = holder.institution;
  const input = readInput(route, url, text);
  return carryOut({ path: url.pathname, data: route.data, input, holder, useCode, now, center, texts });
}

/** @throws Refusal O0001 [992] without a header, and whatever is the matter with the token */
function holderOf(authorization: string | null, { tokens }: CenterState): Holder {
  const token = bearerToken(authorization);
  if (token === undefined) throw authFlaw("992");
  return tokens.holder(token);
}

/** @throws Refusal O0011 */
function needScope({ operation }: Route, holder: Holder): void {
  const needed = scopesFor(operation, holder);
  if (needed.some((scope) => holder.scopes.includes(scope))) return;
  const wanted = needed.length > 0 ? needed.join(", ") : "-";
  throw new Refusal("O0011", { about: `token: ${holder.scopes.join(" ")}, API: ${wanted}` });
}

/** What stands between the token and the handler: the number of the request, and the data of the test environment. */
function carryOut(call: Call): Answer {
  const { input, center, useCode, now, path } = call;
  const rows = Array.isArray(input.req_list) ? input.req_list.filter(isRecord) : [];
  const ids = [input, ...rows].map(({ bank_tran_id: id }) => id).filter((id) => id !== undefined);
  const used = ids.find((id) => !center.tranIds.use(id, useCode, now));
  if (used !== undefined) throw duplicate(call, used);
  const datum = center.testData.find(path, input);
  if (center.testData.strict && ids.length > 0 && !datum) throw simulator(call, ids[0]);
  const answer = handlerOf(path)(call);
  return datum?.answer ? { ...answer, data: { ...answer.data, ...datum.answer } } : answer;
}

/** 거래고유번호 중복 */
function duplicate(call: Call, id: unknown): Refusal {
  const { duplicates } = call.center.settings;
  return duplicates === "822" ? new Refusal(BY_BANK, { data: bankHead(call, "822", id) }) : new Refusal(duplicates);
}

/** 시뮬레이터 응답전문 조회 실패 */
function simulator(call: Call, id: unknown): Refusal {
  return new Refusal(BY_BANK, { data: bankHead(call, "818", id) });
}
