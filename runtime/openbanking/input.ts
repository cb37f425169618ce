/**
 * From what callers pass to what is sent.
 * @module
 */
import type { Wire } from "../call/door.js";
import type { Fault } from "../call/fault.js";
import { fillIn, type Sources } from "../call/input.js";
import { asTexts } from "../call/texts.js";
import { type Json, mapPath, valuesAt } from "../paths.js";
import type { BankTranIds } from "./bank-tran-id.js";
import type { BareReference } from "./before-send.js";
import { faultAt } from "./fault.js";
import { kstStamp, kstTime } from "./kst.js";
import type { OpenBankingOperation } from "./operation.js";
import { checkTransfer } from "./transfer.js";

/** What the client fills in by itself. */
export interface Filling {
  clientId: string;
  clientSecret: string;
  useCode: string;
  tranIds: BankTranIds;
  now: () => number;
  /** The tokens of the user that the call is for, as far as the operation asks for one in its body. */
  accessToken?: string | undefined;
  refreshToken?: string | undefined;
}

const FORM = "application/x-www-form-urlencoded; charset=UTF-8";
const JSON_TYPE = "application/json; charset=UTF-8";

/** The official spelling: 직전조회추적정보, which the first page must not carry, not even empty. */
const TRACE = "befor_inquiry_trace_info";

/** @throws InvalidInputError `INPUT_MISSING`, `INPUT_INVALID` */
export async function prepare(operation: OpenBankingOperation, input: unknown, filling: Filling): Promise<Wire> {
  const at = (field: string) => faultAt(operation, field);
  const now = filling.now();
  checkGiven(operation, input, filling.useCode, at);
  const sources = await sourcesOf(operation, input, filling, now);
  const { headers, body } = apart(operation, asTexts(fillIn(operation, input, sources, at), at), sources);
  if (body[TRACE] === "") delete body[TRACE];
  const reference = checkTransfer(operation.path, body, now, at) ?? bareReference(operation, body);
  return {
    ...place(operation, body, headers),
    ...(reference && { reference: reference as unknown as Json }),
  };
}

/** Ids are taken before the input is walked through: taking one may have to wait for the store. */
async function sourcesOf(
  { from = {} }: OpenBankingOperation,
  input: unknown,
  filling: Filling,
  now: number,
): Promise<Sources> {
  const ids: string[] = [];
  for (const path of pathsFrom(from, "bankTranId")) {
    for (let missing = missingAt(input ?? {}, path); missing > 0; missing--) ids.push(await filling.tranIds.next());
  }
  return {
    bankTranId: () => ids.shift(),
    tranDtime: () => kstStamp(now),
    clientUseCode: () => filling.useCode,
    clientId: () => filling.clientId,
    clientSecret: () => filling.clientSecret,
    accessToken: () => filling.accessToken,
    refreshToken: () => filling.refreshToken,
  };
}

/** Where the client fills in `word`. */
function pathsFrom(from: Readonly<Record<string, string>>, word: string): string[] {
  return Object.keys(from).filter((path) => from[path] === word);
}

function missingAt(input: unknown, path: string): number {
  let missing = 0;
  mapPath(input, path, (leaf) => {
    if (leaf === undefined || leaf === null) missing += 1;
    return leaf;
  });
  return missing;
}

/** Of what the client would have filled in by itself: what the center refuses with A0004 is found before it is asked. */
function checkGiven(
  { from = {} }: OpenBankingOperation,
  input: unknown,
  useCode: string,
  at: (field: string) => Fault,
): void {
  for (const path of pathsFrom(from, "bankTranId")) {
    const isGood = (id: unknown) => typeof id === "string" && id.startsWith(useCode) && /^.{10}U[A-Z\d]{9}$/.test(id);
    if (!valuesAt(input, [path]).every(isGood)) {
      throw at(path)("INPUT_INVALID", "must be the client's useCode, U and nine capitals or digits");
    }
  }
  for (const path of pathsFrom(from, "tranDtime")) {
    if (!valuesAt(input, [path]).every((stamp) => kstTime(String(stamp)) !== undefined)) {
      throw at(path)("INPUT_INVALID", "must be a time of Seoul as yyyymmddhhmmss");
    }
  }
}

/** What goes into headers, from the client or as callers pass it (personal data, mostly), and what is for the query or the body. */
function apart(
  { headers = {} }: OpenBankingOperation,
  input: Json,
  sources: Sources,
): { headers: Record<string, string>; body: Json } {
  const filled = (name: string, word: string) => (word === "input" ? input[name] : sources[word]?.(name, {}));
  const values = Object.entries(headers).map(([name, word]) => [name, filled(name, word)]);
  return {
    headers: Object.fromEntries(values.filter(([, value]) => typeof value === "string")),
    body: Object.fromEntries(Object.entries(input).filter(([name]) => headers[name] !== "input")),
  };
}

function place({ method, bodyType }: OpenBankingOperation, body: Json, headers: Record<string, string>): Wire {
  if (method === "GET") return { query: body, headers };
  if (bodyType === "form") {
    const form = new URLSearchParams(body as Record<string, string>).toString();
    return { body: form, headers: { ...headers, "Content-Type": FORM } };
  }
  return { body, headers: { ...headers, "Content-Type": JSON_TYPE } };
}

/** Of an operation that must not be repeated without being a transfer: what it goes by at the center. */
function bareReference({ retry }: OpenBankingOperation, body: Json): BareReference | undefined {
  const { bank_tran_id: bankTranId, tran_dtime: tranDtime } = body;
  if (retry !== "never" || typeof bankTranId !== "string") return undefined;
  return { bankTranId, ...(typeof tranDtime === "string" && { tranDtime }) };
}
