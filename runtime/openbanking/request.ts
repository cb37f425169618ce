/**
 * From what callers pass to what is sent.
 * @module
 */
import { type FaultAt, fillFlat, type Sources } from "../call/flat-input.js";
import type { WireRequest } from "../call/protocol.js";
import { type Json, mapPath, valuesAt } from "../paths.js";
import { kstStamp, kstTime } from "../seoul-time.js";
import { checkOwner, type Tokens } from "./auth.js";
import type { BankTranIds } from "./bank-tran-id.js";
import type { ClientSettings } from "./credentials.js";
import { faultAt, type OpenBankingCall, type OpenBankingOperation } from "./operation.js";
import type { BareReference } from "./transfer/before-send.js";
import type { TransferKind } from "./transfer/transfer.js";

/** What the calls of a client share. It loads with the client, so that importing a function stays small. */
export interface ClientState extends Tokens {
  readonly tranIds: BankTranIds;
  readonly rules: typeof import("./input-rules.js");
}

const FORM = "application/x-www-form-urlencoded; charset=UTF-8";
const JSON_TYPE = "application/json; charset=UTF-8";

/** The official spelling: 직전조회추적정보, which the first page must not carry, not even empty. */
const TRACE = "befor_inquiry_trace_info";

/** @throws InvalidInputError `INPUT_MISSING`, `INPUT_INVALID`, `SCOPE_MISSING` */
export async function serialize(
  call: OpenBankingCall,
  settings: ClientSettings,
  state: ClientState,
): Promise<WireRequest> {
  const { operation, input } = call;
  const at: FaultAt = (field) => faultAt(operation, field);
  const now = settings.now();
  checkOwner(call, settings.institutionScope);
  checkGiven(operation, input, settings.useCode, at);
  const sources = await sourcesOf(call, settings, state, now);
  const { headers, body } = apart(operation, textsOf(operation, input, sources, state, at), sources);
  if (body[TRACE] === "") delete body[TRACE];
  const kind = /^\/v2\.0\/transfer\/(withdraw|deposit)\//.exec(operation.path)?.[1] as TransferKind | undefined;
  const reference = kind ? state.rules.checkTransfer(kind, body, now, at) : bareReference(operation, body);
  return { ...place(operation, body, headers), ...(reference && { reference: { ...reference } }) };
}

function textsOf(
  operation: OpenBankingOperation,
  input: unknown,
  sources: Sources,
  { rules }: ClientState,
  at: FaultAt,
): Json {
  const flat = fillFlat(operation, input, sources, at);
  if (flat && Object.values(flat).every((value) => typeof value === "string")) return flat;
  return rules.asTexts(flat ?? rules.fillIn(operation, input, sources, at), at);
}

/** Ids are taken before the input is walked through: taking one may have to wait for the store. */
async function sourcesOf(
  { operation: { from = {} }, input, context: { userSeqNo } }: OpenBankingCall,
  { useCode, clientId, clientSecret }: ClientSettings,
  { tranIds, users }: ClientState,
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

function place({ method, bodyType }: OpenBankingOperation, body: Json, headers: Record<string, string>): WireRequest {
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
