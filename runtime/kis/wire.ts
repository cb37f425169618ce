import { asTexts, type Fault, fillIn, type Sources, type Wire } from "../call/index.js";
import { isRecord, type Json } from "../paths.js";
import { type Account, accountPart } from "./account.js";
import { type Corporate, customerHeaders } from "./customer.js";
import type { KisEnvironment } from "./environments.js";
import { faultAt } from "./fault.js";
import type { KisOperation } from "./operation.js";
import { checkAction, chooseTrId, hasActions } from "./tr-id.js";

/** What a client brings along to each of its calls. */
export interface Baggage {
  environment: KisEnvironment;
  appKey: string;
  appSecret: string;
  account: Account | undefined;
  htsId: string | undefined;
  corporate: Corporate | undefined;
}

/** What of it must not stand in a text. */
export function secretsOf({ appKey, appSecret, account, htsId, corporate }: Baggage): unknown[] {
  return [appSecret, appKey, corporate?.personalSecKey, account?.CANO, htsId];
}

/**
 * What leaves for an operation: texts alone, in the query or in the body. Everything that would keep it from being understood is
 * found here. `token` is the one at hand, for the operation that sends it as a field.
 * @throws InvalidInputError `INPUT_MISSING`, `INPUT_INVALID`, `MOCK_UNSUPPORTED`
 */
export function toWire(operation: KisOperation, input: unknown, baggage: Baggage, token: string | undefined): Wire {
  const fault = (field: string) => faultAt(operation, field);
  const given = input ?? {};
  if (!isRecord(given)) throw fault("input")("INPUT_INVALID", "must be an object");
  const trId = chooseTrId(operation, baggage.environment, given.action, fault);
  const sources = sourcesOf(baggage, given, token, fault);
  const content = asTexts(fillIn(operation, fieldsOf(operation, given), sources, fault), fault);
  checkAction(operation, given.action, content, fault);
  const headers: Record<string, string> = {
    ...CONTENT_TYPE,
    ...(trId !== undefined && envelopeHeaders(operation, trId, baggage.corporate)),
  };
  return {
    headers,
    ...(operation.method === "GET" ? { query: content } : { body: content }),
    ...(trId !== undefined && operation.retry === "never" && { reference: referenceTo(headers, content) }),
  };
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

function sourcesOf(baggage: Baggage, input: Json, token: string | undefined, fault: (field: string) => Fault): Sources {
  const { appKey, appSecret, account, htsId } = baggage;
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
