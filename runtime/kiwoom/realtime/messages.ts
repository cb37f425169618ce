/**
 * Messages of both sides, all JSON, known by their `trnm`.
 * @module
 */
import type { Advice } from "../../errors/advice.js";
import type { Json } from "../../paths.js";
import type { Registration } from "../../realtime/registration.js";
import { codeIn } from "../codes.js";

/** Everything is registered in one group: `refresh` 1 keeps what is in it already. */
const GROUP = "1";

export function login(token: string): string {
  return JSON.stringify({ trnm: "LOGIN", token });
}

export function register(registrations: readonly Registration<Json>[]): string {
  return JSON.stringify({ trnm: "REG", grp_no: GROUP, refresh: "1", data: dataOf(registrations) });
}

export function remove(registration: Registration<Json>): string {
  return JSON.stringify({ trnm: "REMOVE", grp_no: GROUP, data: dataOf([registration]) });
}

/** By type, because each entry stands for all of its items in all of its types. */
function dataOf(registrations: readonly Registration<Json>[]): object[] {
  const items = new Map<string, unknown[]>();
  for (const { trId, key, keyKind } of registrations) {
    items.set(trId, [...(items.get(trId) ?? []), keyKind === "usStock" ? stockCalled(key) : key]);
  }
  return [...items].map(([type, item]) => ({ item, type: [type] }));
}

/** What a US stock is called here: `ND:AAPL`. */
export function nameOf(exchange: string, code: string): string {
  return `${exchange}:${code}`;
}

function stockCalled(name: string): object {
  const [, stex_tp = "", jmcode = ""] = /^(\w+):(.*)$/.exec(name) ?? [];
  return { jmcode, stex_tp };
}

/** How an answer says no. */
export interface Refusal {
  code: string;
  message: string;
  advice: Advice;
  /** Whether the code is in the provider's list. */
  isKnown: boolean;
}

/** Undefined when it says yes. The text of a success may hold a number in brackets, too. */
export type RefusalIn = (answer: Json) => Refusal | undefined;

export function refusals(advice: Readonly<Record<string, Advice>>): RefusalIn {
  return (answer) => refusalOf(answer, advice);
}

function refusalOf(answer: Json, table: Readonly<Record<string, Advice>>): Refusal | undefined {
  if (Number(answer.return_code ?? Number.NaN) === 0) return undefined;
  const code = codeIn(answer) ?? "UNKNOWN";
  const advice = table[code];
  return {
    ...{ code, message: String(answer.return_msg ?? "") },
    ...{ advice: advice ?? "report", isKnown: advice !== undefined },
  };
}
