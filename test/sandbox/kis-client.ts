/**
 * A program that knows KIS's wire rules and nothing of kofin: what it sees is what any client would see.
 * @module
 */
import { createSandbox, type KisSandboxOptions, type Sandbox } from "kofin/sandbox";
import { specsOf } from "../contract/specs.js";

// biome-ignore lint/suspicious/noExplicitAny: tests read answers of unknown shape
export type Answer = any;

/** Friday, 2026-11-20, 11:00 in Seoul: the market is open. */
export const NOW = Date.UTC(2026, 10, 20, 2);
export const ACCOUNT = { CANO: "12345678", ACNT_PRDT_CD: "01" } as const;
export const STOCK = "/uapi/domestic-stock/v1";
export const OVERSEAS = "/uapi/overseas-stock/v1";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const specs = specsOf("kis");

export interface Wire {
  status: number;
  headers: Headers;
  body: Answer;
}

export type Environment = "real" | "mock";

/** A new sandbox on a clock that stands still until a test moves it. */
export function open(kis: KisSandboxOptions = {}) {
  const clock = { now: NOW };
  const sandbox = createSandbox({ specs, now: () => clock.now, kis });
  return { sandbox, clock, kis: sandbox.kis };
}

export function keysOf({ kis }: Sandbox, environment: Environment = "real") {
  const { appKey, appSecret } = environment === "real" ? kis.options : kis.mockOptions;
  return { appKey, appSecret };
}

export async function read(response: Response): Promise<Wire> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
}

export const JSON_HEADERS = { "content-type": "application/json; charset=utf-8" };

/** `POST /oauth2/…`. */
export async function grant(sandbox: Sandbox, name: string, body: unknown): Promise<Wire> {
  const init = { method: "POST", headers: JSON_HEADERS, body: JSON.stringify(body) };
  return read(await sandbox.fetch(`http://kis.test/oauth2/${name}`, init));
}

export function tokenP(sandbox: Sandbox, environment: Environment = "real"): Promise<Wire> {
  const { appKey, appSecret } = keysOf(sandbox, environment);
  return grant(sandbox, "tokenP", { grant_type: "client_credentials", appkey: appKey, appsecret: appSecret });
}

/** Headers that a caller changes; undefined leaves one out. */
export type Headings = Record<string, string | undefined>;

/** A program with a token at hand. */
export async function signIn(
  sandbox: Sandbox,
  environment: Environment = "real",
  send = sandbox.fetch,
  origin = "http://kis.test",
) {
  const { appKey, appSecret } = keysOf(sandbox, environment);
  let { body } = await tokenP(sandbox, environment);
  const headersFor = (trId: string, changes: Headings): Record<string, string> => {
    const headers = {
      ...JSON_HEADERS,
      authorization: `Bearer ${body.access_token}`,
      appkey: appKey,
      appsecret: appSecret,
      custtype: "P",
      tr_id: trId,
      ...changes,
    };
    return Object.fromEntries(
      Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
  };
  const get = async (path: string, trId: string, query: Record<string, string> = {}, changes: Headings = {}) =>
    read(await send(`${origin}${path}?${new URLSearchParams(query)}`, { headers: headersFor(trId, changes) }));
  const post = async (path: string, trId: string, sent: unknown, changes: Headings = {}) => {
    const init = {
      method: "POST",
      headers: headersFor(trId, changes),
      body: typeof sent === "string" ? sent : JSON.stringify(sent),
    };
    return read(await send(`${origin}${path}`, init));
  };
  /** For tests that move the clock by days. */
  const renew = async () => {
    const next = await tokenP(sandbox, environment);
    if (next.status === 200) body = next.body;
  };
  return { token: body.access_token as string, get, post, renew };
}

export type Program = Awaited<ReturnType<typeof signIn>>;

export async function connect(options?: KisSandboxOptions, environment: Environment = "real") {
  const opened = open(options);
  const program = await signIn(opened.sandbox, environment);
  return { ...opened, ...program, ...stocks(program, environment) };
}

/** What tests do with stocks again and again, by the tr_ids of an environment. */
export function stocks({ get, post }: Program, environment: Environment = "real") {
  const id = (real: string) => (environment === "real" ? real : `V${real.slice(1)}`);
  const order = (side: "buy" | "sell", changes: Record<string, string> = {}) =>
    post(`${STOCK}/trading/order-cash`, id(side === "buy" ? "TTTC0012U" : "TTTC0011U"), {
      ...ACCOUNT,
      PDNO: "005930",
      ORD_DVSN: "00",
      ORD_QTY: "1",
      ORD_UNPR: "70000",
      ...changes,
    });
  const change = (number: string, changes: Record<string, string> = {}) =>
    post(`${STOCK}/trading/order-rvsecncl`, id("TTTC0013U"), {
      ...ACCOUNT,
      KRX_FWDG_ORD_ORGNO: "91252",
      ORGN_ODNO: number,
      ORD_DVSN: "00",
      RVSE_CNCL_DVSN_CD: "02",
      ORD_QTY: "0",
      ORD_UNPR: "0",
      QTY_ALL_ORD_YN: "Y",
      ...changes,
    });
  const balance = async (changes: Record<string, string> = {}, headings: Headings = {}) =>
    get(
      `${STOCK}/trading/inquire-balance`,
      id("TTTC8434R"),
      {
        ...ACCOUNT,
        AFHR_FLPR_YN: "N",
        OFL_YN: "",
        INQR_DVSN: "02",
        UNPR_DVSN: "01",
        FUND_STTL_ICLD_YN: "N",
        FNCG_AMT_AUTO_RDPT_YN: "N",
        PRCS_DVSN: "00",
        CTX_AREA_FK100: "",
        CTX_AREA_NK100: "",
        ...changes,
      },
      headings,
    );
  const openOrders = async (changes: Record<string, string> = {}) =>
    get(`${STOCK}/trading/inquire-psbl-rvsecncl`, "TTTC0084R", {
      ...ACCOUNT,
      INQR_DVSN_1: "0",
      INQR_DVSN_2: "0",
      CTX_AREA_FK100: "",
      CTX_AREA_NK100: "",
      ...changes,
    });
  const history = async (changes: Record<string, string> = {}, trId = id("TTTC0081R")) =>
    get(`${STOCK}/trading/inquire-daily-ccld`, trId, {
      ...ACCOUNT,
      INQR_STRT_DT: "20261101",
      INQR_END_DT: "20261130",
      SLL_BUY_DVSN_CD: "00",
      PDNO: "",
      ORD_GNO_BRNO: "",
      ODNO: "",
      CCLD_DVSN: "00",
      INQR_DVSN: "01",
      INQR_DVSN_1: "",
      INQR_DVSN_3: "00",
      EXCG_ID_DVSN_CD: "ALL",
      CTX_AREA_FK100: "",
      CTX_AREA_NK100: "",
      ...changes,
    });
  const orderable = async (changes: Record<string, string> = {}) =>
    get(`${STOCK}/trading/inquire-psbl-order`, id("TTTC8908R"), {
      ...ACCOUNT,
      PDNO: "005930",
      ORD_UNPR: "70000",
      ORD_DVSN: "00",
      CMA_EVLU_AMT_ICLD_YN: "N",
      OVRS_ICLD_YN: "N",
      ...changes,
    });
  const quote = async (code = "005930") =>
    get(`${STOCK}/quotations/inquire-price`, "FHKST01010100", { FID_COND_MRKT_DIV_CODE: "J", FID_INPUT_ISCD: code });
  return { order, change, balance, openOrders, history, orderable, quote };
}
