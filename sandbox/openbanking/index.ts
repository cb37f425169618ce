/**
 * The mock of KFTC's Open Banking center, and of the banks behind it.
 * @module
 */
import type { Provider } from "../../generator/model.js";
import { seoulStamp } from "../shared/clock.js";
import { dropped } from "../shared/dropped.js";
import { isRecord, type Json } from "../shared/json.js";
import type { MockProvider, MockSettings } from "../shared/mock-provider.js";
import { otherNames } from "../shared/other-names.js";
import type { SandboxFetch } from "../shared/sandbox-fetch.js";
import { plainAnswer, Traffic } from "../shared/traffic.js";
import { answerBusiness, type Inbound } from "./business.js";
import { type CenterOptions, createCenterState } from "./center-state.js";
import { Consents } from "./consent.js";
import { CONSENT_PATH } from "./consent-page.js";
import type { OpenBankingFault, OpenBankingSandbox } from "./controls.js";
import { controlsOf } from "./controls-of.js";
import { openBankingRoutes, type Route } from "./routes.js";
import { textsOf } from "./texts.js";
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
  const routes = openBankingRoutes(provider);
  const texts = textsOf(provider);
  const traffic = new Traffic<OpenBankingFault>({
    clock,
    logLimit: options.logLimit,
    resolve: routes.resolve,
    ways: ["bankCode"],
  });
  let respelled = false;

  const begin = () => {
    const center = createCenterState(options, seed, clock);
    return { center, consents: new Consents(center, texts, clock) };
  };
  let { center, consents } = begin();

  const send = (answer: Answer, route?: Route, status = 200): Response => {
    const head = {
      api_tran_id: center.ids.uuid(),
      api_tran_dtm: seoulStamp(clock()),
      rsp_code: answer.code ?? SUCCESS,
      rsp_message: texts.message(answer),
    };
    const body = { ...head, ...answer.data };
    return json(respelled && route ? otherNames(body, route.data) : body, status);
  };

  const fail = (fault: OpenBankingFault, route?: Route): Response => {
    const { status, code, bankCode } = fault;
    if (bankCode !== undefined) {
      const data = { bank_code_tran: "097", bank_rsp_code: bankCode, bank_rsp_message: texts.bankMeaning(bankCode) };
      return send({ code: code ?? BY_BANK, data }, route, status);
    }
    return code === undefined ? plainAnswer(fault) : send({ code }, route, status);
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
    try {
      if (!isOAuth(path)) return send(answerBusiness(route, inbound, clock(), center, texts), route);
      const found = oauth[path];
      if (!found) throw new Refusal("O0005");
      if (inbound.method !== found.method) throw new Refusal("O0010");
      return await found.answer(inbound);
    } catch (error) {
      if (error instanceof Refusal) return send(error.answer, route);
      if (error instanceof NoAnswer) return noAnswer(error);
      throw error;
    }
  };

  const fetch = async (request: Request): Promise<Response> => {
    const { method, headers } = request;
    const inbound = { method, headers, url: new URL(request.url), text: await request.text() };
    const { pathname: path } = inbound.url;
    const received = { method, path, headers: Object.fromEntries(headers), text: inbound.text, body: decoded(inbound) };
    const route = routes.at(path);
    return traffic.answer(
      { received, byNameOnly: isOAuth(path) },
      () => answer(inbound, route),
      (fault) => fail(fault, route),
    );
  };

  return {
    fetch,
    reset() {
      ({ center, consents } = begin());
      respelled = false;
      traffic.clear();
    },
    controls: (fetchHere) =>
      controlsOf({
        fetch: fetchHere,
        here: () => ({ center, consents }),
        traffic,
        clock,
        resolve: routes.resolve,
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
