/**
 * Condition search (조건검색): what the user's own conditions, written in Kiwoom's desktop program, find. It goes over the socket of the feeds.
 * @module
 */
import { faults } from "../../call/fault.js";
import { isRecord, type Json } from "../../paths.js";
import { converse } from "../../realtime/converse.js";
import { type Exchange, Refused } from "../../realtime/exchanges.js";
import { listOf } from "../../realtime/json.js";
import { type FeedOptions, subscribe } from "../../realtime/listen.js";
import type { Kiwoom } from "../client.js";
import { ConditionCodec, type ConditionRecord, type UsConditionRecord } from "./condition-codec.js";
import type { Values } from "./feed.js";
import type { Subscription } from "./listen.js";
import { type KiwoomRealtime, kiwoomProtocol } from "./protocol.js";
import { DOMESTIC_PATH, US_PATH } from "./settings.js";

/** Where conditions are asked for. The US names differ by a letter, and its documents print the answers under several. */
interface Market {
  path: string;
  prefix: "" | "G";
  /** What live records come as. */
  type: "02" | "S2";
}

const DOMESTIC: Market = { path: DOMESTIC_PATH, prefix: "", type: "02" };
const US: Market = { path: US_PATH, prefix: "G", type: "S2" };

/** A condition of the user's. */
export interface Condition {
  /** 조건검색식 일련번호 */
  seq: string;
  /** 조건검색식 명 */
  name: string;
}

/** A stock that a condition finds. Values are as they come: nine digits, filled with zeros, with a sign. */
export interface ConditionStock {
  /** 종목코드 (9001). In front of it A a stock, J an ELW, Q an ETN: feeds take it as it is. */
  code: string;
  /** 종목명 (302) */
  name: string;
  /** 현재가 (10) · 원. The sign is a direction. */
  price: string;
  /** 전일대비기호 (25): 1 상한가, 2 상승, 3 보합, 4 하한가, 5 하락 */
  changeSign: string;
  /** 전일대비 (11) · 원 */
  change: string;
  /** 등락율 (12). Of Korean stocks thousandths of a per cent: `000001500` is +1.50 %. */
  changeRate: string;
  /** 누적거래량 (13) */
  accumulatedVolume: string;
  /** 시가 (16) */
  openPrice: string;
  /** 고가 (17) */
  highPrice: string;
  /** 저가 (18) */
  lowPrice: string;
}

/** A US stock that a condition finds. Values have a decimal point: `000000.1602`. */
export interface UsConditionStock extends ConditionStock {
  /** 소업종 (318) */
  subsector: string;
  /** 거래소구분, for `usTrade({ jmcode: code, stex_tp })` */
  stex_tp: string;
}

export type { ConditionRecord, UsConditionRecord } from "./condition-codec.js";

export interface ConditionOptions {
  /** Ends it: NetworkError `ABORTED`. */
  signal?: AbortSignal;
}

/** Which condition: `seq` of `conditions`. `stex_tp`: default `K`, the Korea Exchange, and there is no other. */
export interface ConditionInput {
  seq: string;
  stex_tp?: "K";
}

/**
 * The user's conditions for Korean stocks (CNSRLST, ka10171).
 * @throws RealtimeError, NetworkError `ABORTED`
 * @example for (const { seq, name } of await conditions(kiwoom)) console.log(seq, name);
 */
export function conditions(kiwoom: Kiwoom, options: ConditionOptions = {}): Promise<Condition[]> {
  return listed(kiwoom, DOMESTIC, "conditions", options);
}

/** The user's conditions for US stocks (GCNSRLST, usa20280). */
export function usConditions(kiwoom: Kiwoom, options: ConditionOptions = {}): Promise<Condition[]> {
  return listed(kiwoom, US, "usConditions", options);
}

/**
 * What a condition finds now, all pages of it (CNSRREQ, ka10172).
 * @throws InvalidInputError `INPUT_MISSING`, `INPUT_INVALID`; RealtimeError with Kiwoom's code; NetworkError `ABORTED`
 */
export async function searchByCondition(
  kiwoom: Kiwoom,
  input: ConditionInput,
  options: ConditionOptions = {},
): Promise<ConditionStock[]> {
  return (await found(kiwoom, DOMESTIC, "searchByCondition", input, options)).map(stockOf);
}

/** What a condition for US stocks finds now, all pages of it (GCNSRREQ, usa20281). */
export async function searchByUsCondition(
  kiwoom: Kiwoom,
  input: Pick<ConditionInput, "seq">,
  options: ConditionOptions = {},
): Promise<UsConditionStock[]> {
  const rows = await found(kiwoom, US, "searchByUsCondition", input, options);
  return rows.map((row) => ({ ...stockOf(row), subsector: text(row["318"]), stex_tp: exchangeIn(row) }));
}

/**
 * What a condition finds, as it changes (CNSRREQ, ka10173): first a record `I` for each stock that it finds now, without a time, then one
 * for each that comes (`I`) or goes (`D`). After a gap (see `onGap`) what has come and gone meanwhile is told in the same way, so that
 * whoever adds and takes away by `kind` always has what the condition finds.
 * @throws InvalidInputError `INPUT_MISSING`, `INPUT_INVALID`, or `REGISTRATIONS_FULL`: 10 may be watched at a time
 */
export function watchCondition(
  kiwoom: Kiwoom,
  input: ConditionInput,
  options: FeedOptions = {},
): Subscription<ConditionRecord> {
  return watched(kiwoom, DOMESTIC, "watchCondition", input, options);
}

/** What a condition for US stocks finds, as it changes (GCNSRREQ, usa20290): the same as `watchCondition`. */
export function watchUsCondition(
  kiwoom: Kiwoom,
  input: Pick<ConditionInput, "seq">,
  options: FeedOptions = {},
): Subscription<UsConditionRecord> {
  return watched(kiwoom, US, "watchUsCondition", input, options);
}

type Place = Market & KiwoomRealtime;

function placeOf(kiwoom: Kiwoom, market: Market): Place {
  return { ...market, ...kiwoomProtocol(kiwoom, market.path) };
}

function listed(kiwoom: Kiwoom, market: Market, name: string, { signal }: ConditionOptions): Promise<Condition[]> {
  const place = placeOf(kiwoom, market);
  return converse({ protocol: place.protocol, id: idOf(name), signal }, async (exchange) => {
    const { data } = await ask(exchange, place, { trnm: "CNSRLST" });
    // The document's table has objects, its example pairs.
    return listOf(data).map((row) => {
      const [seq, title] = Array.isArray(row) ? row : isRecord(row) ? [row.seq, row.name] : [];
      return { seq: text(seq), name: text(title) };
    });
  });
}

function found(kiwoom: Kiwoom, market: Market, name: string, input: ConditionInput, { signal }: ConditionOptions) {
  const request = requestOf(market, name, input, "0");
  const place = placeOf(kiwoom, market);
  return converse({ protocol: place.protocol, id: idOf(name), signal }, async (exchange) => {
    await listFirst(exchange, place);
    const rows: Json[] = [];
    const keys = new Set<string>();
    let page = await ask(exchange, place, request);
    for (;;) {
      rows.push(...listOf(page.data).filter(isRecord));
      const key = text(page.next_key);
      // A key that comes back again would go round for ever.
      if (page.cont_yn !== "Y" || key === "" || keys.has(key)) return rows;
      keys.add(key);
      page = await ask(exchange, place, { ...request, cont_yn: "Y", next_key: key });
    }
  });
}

function watched<Row extends ConditionRecord>(
  kiwoom: Kiwoom,
  market: Market,
  name: string,
  input: ConditionInput,
  options: FeedOptions,
): Subscription<Row> {
  const request = requestOf(market, name, input, "1");
  const place = placeOf(kiwoom, market);
  const { protocol, conditions: most } = place;
  const codec = new ConditionCodec(market === US);
  return subscribe<Row, Json, Values>(
    {
      ...{ protocol, id: idOf(name), trId: market.type, key: request.seq, keyKind: "condition", codec, most },
      own: {
        async subscribe(registration, exchange) {
          await listFirst(exchange, place);
          const { data } = await ask(exchange, place, request);
          const now = Date.now();
          for (const change of codec.changes(request.seq, listOf(data))) registration.deliver(change, 0, now);
          return "0";
        },
        unsubscribe: (exchange) => ask(exchange, place, { trnm: "CNSRCLR", seq: request.seq }),
      },
    },
    options,
  );
}

interface Question {
  trnm: string;
  seq?: string;
  search_type?: string;
  stex_tp?: string;
  cont_yn?: string;
  next_key?: string;
}

function requestOf({ prefix }: Market, name: string, { seq, stex_tp = "K" }: ConditionInput, search_type: string) {
  const fault = faults("kiwoom")({ id: idOf(name) }, "seq");
  if (seq === undefined || seq === "") throw fault("INPUT_MISSING", "is missing: conditions tells it");
  if (!/^\d{1,3}$/.test(seq)) throw fault("INPUT_INVALID", "must be up to three digits, as conditions tells it");
  return { trnm: "CNSRREQ", seq, search_type, ...(prefix === "" && { stex_tp }) };
}

/** On each session the list has to be asked for before anything else is. */
const lists = /* @__PURE__ */ new WeakMap<Exchange, Promise<Json>>();

function listFirst(exchange: Exchange, place: Place): Promise<Json> {
  const asked = lists.get(exchange) ?? ask(exchange, place, { trnm: "CNSRLST" });
  lists.set(exchange, asked);
  asked.catch(() => lists.delete(exchange));
  return asked;
}

/** How often what was refused for now is asked for, and after how long again. */
const TRIES = 4;
const AGAIN_MS = 1_100;

/** @throws Refused when Kiwoom says no */
async function ask(exchange: Exchange, { prefix, refusalIn }: Place, question: Question) {
  const message = JSON.stringify({ ...question, trnm: prefix + question.trnm });
  for (let tries = 1; ; tries++) {
    const answer = await exchange(message, answers(question));
    const refusal = refusalIn(answer);
    if (!refusal) return answer;
    if (refusal.advice !== "retry" || tries === TRIES) {
      throw new Refused(refusal.code, refusal.message, refusal.advice);
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

/** Names that the US documents print in place of the right one. */
const MISPRINTED: Readonly<Record<string, readonly string[]>> = { CNSRLST: ["CNSRLT"], CNSRCLR: ["CNSRREQ"] };

/** `seq` may be left out of a refusal, and has blanks behind it. */
function answers({ trnm, seq }: Question): (answer: Json) => boolean {
  const names = [trnm, ...(MISPRINTED[trnm] ?? [])];
  return (answer) => {
    const said = text(answer.seq);
    return names.includes(text(answer.trnm).replace(/^G/, "")) && (seq === undefined || said === "" || said === seq);
  };
}

function stockOf(row: Json): ConditionStock {
  return {
    code: text(row["9001"]),
    name: text(row["302"]),
    price: text(row["10"]),
    changeSign: text(row["25"]),
    change: text(row["11"]),
    changeRate: text(row["12"]),
    accumulatedVolume: text(row["13"]),
    openPrice: text(row["16"]),
    highPrice: text(row["17"]),
    lowPrice: text(row["18"]),
  };
}

function exchangeIn(row: Json): string {
  return text(row.stex_tp ?? row.stexTp);
}

function idOf(name: string): string {
  return `realtime.${name}`;
}

function text(value: unknown): string {
  return String(value ?? "").trim();
}
