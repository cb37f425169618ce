/**
 * From what the caller passes to what is sent.
 * @module
 */
import { fillIn } from "../call/input.js";
import type { WireRequest } from "../call/protocol.js";
import { asTexts } from "../call/texts.js";
import type { Transport } from "../call/transport.js";
import { InvalidInputError } from "../errors/invalid-input.js";
import { type Json, mapPath } from "../paths.js";
import { type Credentials, checkCredentials, inputHeaders } from "./auth.js";
import type { Device } from "./device.js";
import { day } from "./forms.js";
import { type CallContext, faultAt, isBusiness, type WooriOperation } from "./operation.js";

/**
 * Everything that would keep a request from being sent, or from being understood, is found here.
 * @throws InvalidInputError `INPUT_MISSING`, `INPUT_INVALID`, `CREDENTIALS_MISSING`, `TRANSPORT_UNFIT`
 */
export function serialize(
  operation: WooriOperation,
  input: unknown,
  { device, headers: further }: CallContext,
  client: { credentials: Credentials; transport: Transport },
): WireRequest {
  const { headers, dataBody } = apart(toDataBody(operation, input), inputHeaders(operation));
  checkCredentials(operation, client.credentials);
  const body = envelope(operation, dataBody, device);
  const isLate = operation.method === "GET" && body !== undefined;
  if (isLate && !client.transport.getBody) throw unfit(operation);
  return {
    headers: { ...(isLate && { "Content-Type": "application/json" }), ...further, ...headers },
    ...(isLate ? { lateBody: JSON.stringify(body) } : body && { body }),
    ...(operation.retry === "never" && { reference: withoutSecrets(dataBody) }),
  };
}

/**
 * From what the caller passes to `dataBody`: names and defaults of the document, dates as eight digits, numbers as the document
 * types them.
 * @throws InvalidInputError `INPUT_MISSING`, `INPUT_INVALID`
 */
function toDataBody(operation: WooriOperation, input: unknown): Json {
  const fault = (field: string) => faultAt(operation, field);
  const body = dated(asTexts(fillIn(operation, input, {}, fault), fault));
  return (operation.numbers ?? []).reduce((typed, path) => mapPath(typed, path, toNumber) as Json, body);
}

/** Every request field that holds a date is called `…DT`, and every document wants eight digits in it. */
function dated(body: Json): Json {
  const entries = Object.entries(body).map(([name, value]) => [
    name,
    typeof value === "string" && name.endsWith("DT") ? day(value) : value,
  ]);
  return Object.fromEntries(entries);
}

/** The number that a text writes, if JSON writes it in the very same way: no digit is lost, and none is added. */
function toNumber(text: unknown): unknown {
  const value = Number(text);
  return Number.isFinite(value) && String(value) === text ? value : text;
}

/** What callers pass for a header, and what is for the body. */
function apart(input: Json, names: readonly string[]): { headers: Record<string, string>; dataBody: Json } {
  const entries = Object.entries(input);
  const headers = entries.flatMap(([name, value]) => (names.includes(name) ? [[name, String(value)]] : []));
  const dataBody = Object.fromEntries(entries.filter(([name]) => !names.includes(name)));
  return { headers: Object.fromEntries(headers), dataBody };
}

function envelope(operation: WooriOperation, dataBody: Json, dataHeader: Device): Json | undefined {
  if (isBusiness(operation)) return { dataHeader, dataBody };
  return Object.keys(dataBody).length > 0 ? dataBody : undefined;
}

/** `ENCY_…` is how Woori calls what must be encrypted: passwords and resident numbers tell nobody what became of a transfer. */
function withoutSecrets(dataBody: Json): Json {
  return Object.fromEntries(Object.entries(dataBody).filter(([name]) => !name.includes("ENCY_")));
}

function unfit({ id, successor }: WooriOperation): InvalidInputError {
  const instead = successor ? `, or call ${successor}, which is a POST` : "";
  const mend = `make the client with { fetch: undiciTransport() } of kofin/node${instead}`;
  const message = `${id}: its document sends a body with GET, which this client's transport cannot: ${mend}`;
  return new InvalidInputError("TRANSPORT_UNFIT", message, { provider: "woori", operation: id, field: "fetch" });
}
