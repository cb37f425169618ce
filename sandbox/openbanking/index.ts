/**
 * The mock of KFTC's Open Banking center, and of the banks behind it.
 * @module
 */
import type { Provider } from "../../generator/model.js";
import { dropped } from "../shared/dropped.js";
import { Faults, type Selection } from "../shared/faults.js";
import { isRecord, type Json } from "../shared/json.js";
import type { MockProvider, MockSettings } from "../shared/mock-provider.js";
import { otherNames } from "../shared/other-names.js";
import { RequestLog } from "../shared/request-log.js";
import type { SandboxFetch } from "../shared/sandbox-fetch.js";
import { answerBusiness, type Inbound } from "./business.js";
import { type CenterOptions, createCenterState } from "./center-state.js";
import { Consents } from "./consent.js";
import { CONSENT_PATH } from "./consent-page.js";
import type { OpenBankingFault, OpenBankingSandbox } from "./controls.js";
import { controlsOf } from "./controls-of.js";
import { type Route, routesOf } from "./routes.js";
import { textsOf } from "./texts.js";
import { milliseconds } from "./time.js";
import { answerToken, revokeToken } from "./token-endpoint.js";
import { NoAnswer } from "./unknown.js";
import { type Answer, BY_BANK, Refusal, SUCCESS } from "./wire.js";

export interface OpenBankingSandboxOptions extends CenterOptions {
  /** Requests that are remembered. Default 2,000. */
  logLimit?: number;
}

export interface MockOpenBanking extends MockProvider {
  /** @param fetch what a client of this mock sends its requests with */
  controls(fetch: SandboxFetch): OpenBankingSandbox;
}

interface OAuthPath {
  method: "GET" | "POST";
  answer: (inbound: Inbound) => Response | Promise<Response>;
}

export function mockOpenBanking(
  provider: Provider | undefined,
  { seed, clock }: MockSettings,
  options: OpenBankingSandboxOptions = {},
): MockOpenBanking {
  const routes = routesOf(provider);
  const texts = textsOf(provider);
  const failures = new Faults<OpenBankingFault>();
  const delays = new Faults<number>();
  const log = new RequestLog(options.logLimit ?? 2_000);
  let respelled = false;

  const begin = () => {
    const center = createCenterState(options, seed, clock);
    return { center, consents: new Consents(center, texts, clock) };
  };
  let { center, consents } = begin();

  const send = (answer: Answer, route?: Route, status = 200): Response => {
    const head = {
      api_tran_id: center.ids.uuid(),
      api_tran_dtm: milliseconds(clock()),
      rsp_code: answer.code ?? SUCCESS,
      rsp_message: texts.message(answer),
    };
    const body = { ...head, ...answer.data };
    return json(respelled && route ? otherNames(body, route.data) : body, status);
  };

  const fail = (fault: OpenBankingFault, route?: Route): Response => {
    const { status = 200, code, bankCode, body, drop, silent } = fault;
    if (drop || silent) throw new NoAnswer(drop ? "drop" : "silence");
    if (bankCode !== undefined) {
      const data = { bank_code_tran: "097", bank_rsp_code: bankCode, bank_rsp_message: texts.bankMeaning(bankCode) };
      return send({ code: code ?? BY_BANK, data }, route, status);
    }
    if (code !== undefined) return send({ code }, route, status);
    return typeof body === "string" || body === undefined ? new Response(body ?? null, { status }) : json(body, status);
  };

  const authorization: OAuthPath = { method: "GET", answer: ({ url, headers }) => consents.begin(url, headers) };
  const oauth: Readonly<Record<string, OAuthPath | undefined>> = {
    "/oauth/2.0/authorize": authorization,
    "/oauth/2.0/authorize_account": authorization,
    [CONSENT_PATH]: { method: "POST", answer: ({ text }) => consents.decide(new URLSearchParams(text)) },
    "/oauth/2.0/token": { method: "POST", answer: ({ text }) => json(answerToken(center, new URLSearchParams(text))) },
    "/oauth/2.0/revoke": {
      method: "POST",
      answer({ text }) {
        revokeToken(center, new URLSearchParams(text));
        return send({ code: "O0000" });
      },
    },
  };

  const answer = async (inbound: Inbound, route: Route | undefined): Promise<Response> => {
    const { pathname: path } = inbound.url;
    const delay = delays.take(path, isOAuth(path));
    if (delay !== undefined) await new Promise((resolve) => setTimeout(resolve, delay));
    const failure = failures.take(path, isOAuth(path));
    if (failure) return fail(failure, route);
    if (!isOAuth(path)) return send(answerBusiness(route, inbound, clock(), center, texts), route);
    const found = oauth[path];
    if (!found) throw new Refusal("O0005");
    if (inbound.method !== found.method) throw new Refusal("O0010");
    return found.answer(inbound);
  };

  const fetch = async (request: Request): Promise<Response> => {
    const { method, headers } = request;
    const inbound = { method, headers, url: new URL(request.url), text: await request.text() };
    const { pathname: path } = inbound.url;
    const { text } = inbound;
    log.add({ method, path, headers: Object.fromEntries(headers), text, body: decoded(inbound), at: clock() });
    const route = routes.byPath.get(path);
    try {
      return await answer(inbound, route);
    } catch (error) {
      if (error instanceof Refusal) return send(error.answer, route);
      if (error instanceof NoAnswer) return noAnswer(error);
      throw error;
    }
  };

  const selected = ({ times, path }: Selection): Selection => ({
    ...(times !== undefined && { times }),
    ...(path !== undefined && { path: routes.resolve(path) }),
  });

  return {
    fetch,
    reset() {
      ({ center, consents } = begin());
      respelled = false;
      for (const part of [failures, delays, log]) part.clear();
    },
    controls: (fetchHere) =>
      controlsOf({
        fetch: fetchHere,
        here: () => ({ center, consents }),
        log,
        clock,
        resolve: routes.resolve,
        selected,
        failures,
        delays,
        otherNames(on) {
          respelled = on;
        },
      }),
  };
}

/** What a transport makes of a request that nobody answers. */
async function noAnswer({ answer }: NoAnswer): Promise<Response> {
  if (typeof answer === "number") return new Response(null, { status: answer });
  return answer === "drop" ? dropped() : new Promise(() => {});
}

function isOAuth(path: string): boolean {
  return path.startsWith("/oauth/");
}

function json(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: { "Content-Type": "application/json; charset=UTF-8" } });
}

/** What a request says: in its query, its form or its JSON. */
function decoded({ method, url, text }: Inbound): Json | undefined {
  if (method === "GET") return Object.fromEntries(url.searchParams);
  if (isOAuth(url.pathname)) return Object.fromEntries(new URLSearchParams(text));
  try {
    const body: unknown = JSON.parse(text);
    return isRecord(body) ? body : undefined;
  } catch {
    return undefined;
  }
}
