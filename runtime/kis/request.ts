/**
 * From what the caller passes to what is sent.
 * @module
 */
import type { Fault, FaultAt } from "../call/fault.js";
import { fillFlat, type Sources } from "../call/flat-input.js";
import { fillIn } from "../call/input.js";
import type { WireRequest } from "../call/protocol.js";
import { asTexts } from "../call/texts.js";
import { isRecord, type Json } from "../paths.js";
import { accountPart } from "./account.js";
import type { Credentials } from "./credentials.js";
import type { Corporate } from "./customer.js";
import { faultAt, type KisEnvironment, type KisOperation, type TrIds } from "./operation.js";

/**
 * What leaves for an operation: texts alone, in the query or in the body. Everything that would keep it from being understood is
 * found here. `token` is the one at hand, for the operation that sends it as a field.
 * @throws InvalidInputError `INPUT_MISSING`, `INPUT_INVALID`, `MOCK_UNSUPPORTED`
 */
export function serialize(
  operation: KisOperation,
  input: unknown,
  credentials: Credentials,
  token: string | undefined,
): WireRequest {
  const fault = (field: string) => faultAt(operation, field);
  const given = input ?? {};
  if (!isRecord(given)) throw fault("input")("INPUT_INVALID", "must be an object");
  const trId = chooseTrId(operation, credentials.environment, given.action, fault);
  const sources = sourcesOf(credentials, given, token, fault);
  const content = asTexts(filled(operation, fieldsOf(operation, given), sources, fault), fault);
  checkAction(operation, given.action, content, fault);
  const headers: Record<string, string> = {
    ...CONTENT_TYPE,
    ...(trId !== undefined && envelopeHeaders(operation, trId, credentials.corporate)),
  };
  return {
    headers,
    ...(operation.method === "GET" ? { query: content } : { body: content }),
    ...(trId !== undefined && operation.retry === "never" && { reference: referenceTo(headers, content) }),
  };
}

/** Most inputs are plain fields. */
function filled(operation: KisOperation, fields: Json, sources: Sources, fault: FaultAt): Json {
  return fillFlat(operation, fields, sources, fault) ?? fillIn(operation, fields, sources, fault);
}

/** Official, for GET as well. */
const CONTENT_TYPE = { "content-type": "application/json; charset=utf-8" };

function envelopeHeaders(
  { trCont }: KisOperation,
  trId: string,
  corporate: Corporate | undefined,
): Record<string, string> {
  return { tr_id: trId, ...(trCont && { tr_cont: trCont }), ...customerHeaders(corporate) };
}

/** What it takes to find an order among those of the day: what it said, and before when it was not sent. */
function referenceTo({ tr_id, gt_uid }: Record<string, string>, content: Json): Json {
  return { trId: tr_id, preparedAt: new Date().toISOString(), ...(gt_uid && { gtUid: gt_uid }), ...content };
}

/** The input without what the client takes apart by itself. */
function fieldsOf(operation: KisOperation, input: Json): Json {
  const fields = { ...input };
  if (hasActions(operation)) delete fields.action;
  if (Object.values(operation.from ?? {}).includes("account")) delete fields.account;
  return fields;
}

function sourcesOf(credentials: Credentials, input: Json, token: string | undefined, fault: FaultAt): Sources {
  const { appKey, appSecret, account, htsId } = credentials;
  return {
    account: (field) => accountPart(field, input, account, fault),
    htsId: (field) => present(htsId, fault(field), "is missing: pass it here, or htsId to createKis"),
    appKey: () => appKey,
    appSecret: () => appSecret,
    token: (field) => present(token, fault(field), "is missing: this client holds none"),
  };
}

function present(value: string | undefined, fault: Fault, what: string): string {
  if (value === undefined) throw fault("INPUT_MISSING", what);
  return value;
}

/** The headers that say who calls; what of them is secret is put on with the other credentials. */
function customerHeaders(corporate: Corporate | undefined): Record<string, string> {
  if (!corporate) return { custtype: "P" };
  const { phoneNumber, ipAddress, macAddress, seqNo = "001", gtUid = randomUid } = corporate;
  return {
    custtype: "B",
    seq_no: seqNo,
    phone_number: phoneNumber,
    ip_addr: ipAddress,
    ...(macAddress !== undefined && { mac_address: macAddress }),
    gt_uid: gtUid(),
  };
}

function randomUid(): string {
  return crypto.randomUUID().replaceAll("-", "");
}

/** Whether the tr_id depends on what the caller wants done. */
function hasActions({ trId }: KisOperation): boolean {
  return typeof trId?.real === "object";
}

/**
 * The tr_id of an operation, and of an action where there are several. Never derived from another one: the rules that public code
 * goes by are wrong for some.
 * @throws InvalidInputError `INPUT_MISSING`, `INPUT_INVALID`, `MOCK_UNSUPPORTED`
 */
function chooseTrId(
  { trId }: KisOperation,
  environment: KisEnvironment,
  action: unknown,
  faultAt: FaultAt,
): string | undefined {
  if (!trId) return undefined;
  const ids = environment === "mock" ? trId.mock : trId.real;
  const name = typeof trId.real === "object" ? nameOf(trId.real, action, faultAt("action")) : undefined;
  const id = typeof ids === "object" && name !== undefined ? ids[name] : ids;
  if (typeof id === "string") return id;
  const what = name === undefined ? "the operation" : `action ${name}`;
  const mend = `the mock host does not serve ${what}: it takes a client for real`;
  throw faultAt("environment")("MOCK_UNSUPPORTED", `is mock, and ${mend}`);
}

function nameOf(ids: Exclude<TrIds, string>, action: unknown, fault: Fault): string {
  const choices = Object.keys(ids).join(" or ");
  if (action === undefined || action === null) throw fault("INPUT_MISSING", `is missing: it takes ${choices}`);
  if (typeof action === "string" && Object.hasOwn(ids, action)) return action;
  throw fault("INPUT_INVALID", `must be ${choices}`);
}

/** An action and the fields beside it must mean the same: a US order with a Hong Kong exchange would go who knows where. */
function checkAction({ trId }: KisOperation, action: unknown, body: Json, faultAt: FaultAt): void {
  for (const [field, values] of Object.entries(trId?.when?.[String(action)] ?? {})) {
    const value = body[field];
    if (value === undefined || values.includes(String(value))) continue;
    throw faultAt(field)("INPUT_INVALID", `does not fit the action ${action}: it takes ${values.join(" or ")}`);
  }
}
