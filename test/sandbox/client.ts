/**
 * A client that knows CODEF's wire rules and nothing of kofin: what it sees is what any SDK would see.
 * @module
 */
import { constants, createPublicKey, publicEncrypt } from "node:crypto";
import { createSandbox, type Sandbox, type SandboxOptions } from "kofin/sandbox";

export const CLIENT_ID = "ef27cfaa-10c1-4470-adac-60ba476273f9";
const CLIENT_SECRET = "83160c33-9045-4915-86d8-809473cdf5c3";

export interface WireAnswer {
  status: number;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of unknown shape
  body: any;
}

export function basic(id = CLIENT_ID, secret = CLIENT_SECRET): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;
}

export function requestToken(sandbox: Sandbox, authorization = basic()): Promise<Response> {
  return sandbox.fetch("https://oauth.codef.io/oauth/token", {
    method: "POST",
    headers: { Authorization: authorization, "Content-Type": "application/x-www-form-urlencoded" },
    body: "grant_type=client_credentials&scope=read",
  });
}

export async function tokenOf(sandbox: Sandbox, authorization?: string): Promise<string> {
  const { access_token } = (await (await requestToken(sandbox, authorization)).json()) as { access_token: string };
  return access_token;
}

/** `+` is a space, then percent escapes, then JSON. */
export function decode(text: string): unknown {
  return JSON.parse(decodeURIComponent(text.replaceAll("+", " ")));
}

export async function read(response: Response): Promise<WireAnswer> {
  const text = await response.text();
  return { status: response.status, text, body: text === "" ? undefined : decode(text) };
}

/** A new sandbox with a token at hand. */
export function connect(options?: SandboxOptions) {
  return connectTo(createSandbox(options));
}

/** A new token of a sandbox that is there. */
export async function connectTo(sandbox: Sandbox, authorization?: string) {
  const token = await tokenOf(sandbox, authorization);
  const raw = (path: string, body: string, init: RequestInit = {}) =>
    sandbox.fetch(`https://sandbox.codef.io${path}`, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${token}`,
        // A form says itself what it is.
        ...(!(init.body instanceof FormData) && { "Content-Type": "application/json" }),
      },
      ...(init.method !== "GET" && { body }),
      ...init,
    });
  const send = async (path: string, body: string, init?: RequestInit) => read(await raw(path, body, init));
  const post = (path: string, body: unknown) => send(path, encodeURIComponent(JSON.stringify(body)));
  return { sandbox, token, raw, send, post };
}

/** RSA, PKCS#1 v1.5, of a bare base64 key: the recipe of the official SDKs. */
export function encrypt(text: string, publicKey: string): string {
  const key = createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(text, "utf8")).toString("base64");
}

/** An id login at KB국민은행, of a person. */
export function idLogin(publicKey: string, changes: Record<string, unknown> = {}) {
  return {
    countryCode: "KR",
    businessType: "BK",
    clientType: "P",
    organization: "0004",
    loginType: "1",
    id: "tester",
    password: encrypt("a password", publicKey),
    ...changes,
  };
}

export const ACCOUNT_LIST = "/v1/kr/bank/p/account/account-list";
export const TRANSACTIONS = "/v1/kr/bank/p/account/transaction-list";

/** What most products need: an institution, and a connectedId of CODEF's samples. */
export const INPUT = { organization: "0004", connectedId: "sandbox_connectedId" };
