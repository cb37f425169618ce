/**
 * From what callers pass to what is sent. Loads with the client.
 * @module
 */
import type { FaultAt } from "../call/fault.js";
import { fillFlat, type Sources } from "../call/flat-input.js";
import { fillIn } from "../call/input.js";
import type { WireRequest } from "../call/protocol.js";
import { asTexts } from "../call/texts.js";
import { type Json, mapPath, valuesAt } from "../paths.js";
import { kstStamp, kstTime } from "../seoul-time.js";
import { type Tokens, tokensFor } from "./auth.js";
import type { BankTranIds } from "./bank-tran-id.js";
import type { ClientSettings } from "./credentials.js";
import { faultAt, type OpenBankingCall, type OpenBankingOperation } from "./operation.js";
import { referenceOf } from "./transfer/transfer.js";

/** What the calls of a client take from each other. */
export interface Shared extends Tokens {
  readonly tranIds: BankTranIds;
}

export type Serialize = (call: OpenBankingCall) => Promise<WireRequest>;

/** The official spelling: 직전조회추적정보, which the first page must not carry, not even empty. */
const TRACE = "befor_inquiry_trace_info";

/**
 * Everything wrong with the input is found here, before anything leaves the process, and whose token the call takes.
 * @throws InvalidInputError `INPUT_MISSING`, `INPUT_INVALID`, `SCOPE_MISSING`
 */
export function serializer(settings: ClientSettings, shared: Shared): Serialize {
  const { useCode, institutionScope } = settings;
  return async (call) => {
    const { operation, input } = call;
    const at: FaultAt = (field) => faultAt(operation, field);
    const now = settings.now();
    call.tokens = tokensFor(call, shared, institutionScope);
    checkGiven(operation, input, useCode, at);
    const sources = await sourcesOf(call, settings, shared, now);
    const { headers, body } = apart(operation, textsOf(operation, input, sources, at), sources);
    if (body[TRACE] === "") delete body[TRACE];
    const reference = operation.retry === "safe" ? undefined : referenceOf(operation, body, now);
    return { ...place(operation, body, headers), ...(reference && { reference: { ...reference } }) };
  };
}

/** The complete body, in which every scalar is a text: most inputs are nothing else. */
function textsOf(operation: OpenBankingOperation, input: unknown, sources: Sources, at: FaultAt): Json {
  const filled = fillFlat(operation, input, sources, at) ?? fillIn(operation, input, sources, at);
  return Object.values(filled).every((value) => typeof value === "string") ? filled : asTexts(filled, at);
}

/** Ids are taken before the input is walked through: taking one may have to wait for the store. */
async function sourcesOf(
  { operation: { from = {} }, input, context: { userSeqNo } }: OpenBankingCall,
  { useCode, clientId, clientSecret }: ClientSettings,
  { tranIds, users }: Shared,
  now: number,
): Promise<Sources> {
  const ids: string[] = [];
  for (const path of pathsFrom(from, "bankTranId")) {
    for (let missing = missingAt(input ?? {}, path); missing > 0; missing--) ids.push(await tranIds.next());
  }
  const takesOwn = Object.values(from).some((word) => word === "accessToken" || word === "refreshToken");
  const [own] = takesOwn && userSeqNo !== undefined ? await users.read(userSeqNo) : [];
  return {
    bankTranId: () => ids.shift(),
    tranDtime: () => kstStamp(now),
    clientUseCode: () => useCode,
    clientId: () => clientId,
    clientSecret: () => clientSecret,
    accessToken: () => own?.accessToken,
    refreshToken: () => own?.refreshToken,
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
function checkGiven({ from = {} }: OpenBankingOperation, input: unknown, useCode: string, at: FaultAt): void {
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
  { headers: words }: OpenBankingOperation,
  input: Json,
  sources: Sources,
): { headers: Record<string, string>; body: Json } {
  if (!words) return { headers: {}, body: input };
  const headers: Record<string, string> = {};
  const body = { ...input };
  for (const [name, word] of Object.entries(words)) {
    const value = word === "input" ? input[name] : sources[word]?.(name, {});
    if (typeof value === "string") headers[name] = value;
    if (word === "input") delete body[name];
  }
  return { headers, body };
}

const FORM = "application/x-www-form-urlencoded; charset=UTF-8";
const JSON_TYPE = "application/json; charset=UTF-8";

function place({ method, bodyType }: OpenBankingOperation, body: Json, headers: Record<string, string>): WireRequest {
  if (method === "GET") return { query: body, headers };
  if (bodyType === "form") {
    const form = new URLSearchParams(body as Record<string, string>).toString();
    return { body: form, headers: { ...headers, "Content-Type": FORM } };
  }
  return { body, headers: { ...headers, "Content-Type": JSON_TYPE } };
}
