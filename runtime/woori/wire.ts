import type { Wire } from "../call/index.js";
import { InvalidInputError } from "../errors/invalid-input.js";
import type { Json } from "../paths.js";
import type { Transport } from "../call/transport.js";
import { toDataBody } from "./body.js";
import { type Credentials, checkCredentials, inputHeaders } from "./credentials.js";
import type { Device } from "./device.js";
import { isBusiness } from "./envelope.js";
import type { WooriOperation } from "./operation.js";

/** What a client brings along to each of its calls. */
export interface Baggage {
  credentials: Credentials;
  device: Device;
  headers: Readonly<Record<string, string>>;
  transport: Transport;
}

/**
 * What leaves for an operation. Everything that would keep it from being sent, or from being understood, is found here.
 * @throws InvalidInputError `INPUT_MISSING`, `INPUT_INVALID`, `CREDENTIALS_MISSING`, `TRANSPORT_UNFIT`
 */
export function toWire(operation: WooriOperation, input: unknown, baggage: Baggage): Wire {
  const { headers, dataBody } = apart(toDataBody(operation, input), inputHeaders(operation));
  checkCredentials(operation, baggage.credentials);
  const body = envelope(operation, dataBody, baggage.device);
  if (operation.method === "GET" && body && !baggage.transport.getBody) throw unfit(operation);
  return {
    headers: { ...baggage.headers, ...headers },
    ...(body && { body }),
    ...(operation.retry === "never" && { reference: withoutSecrets(dataBody) }),
  };
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
