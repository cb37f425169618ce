import { type Challenge, type Codef, type CodefOptions, createCodef, type Reply, type TwoWayReply } from "kofin/codef";
import { createSandbox, type Sandbox, type SandboxOptions } from "kofin/sandbox";

export interface Setting {
  sandbox: Sandbox;
  codef: Codef;
  /** Another client of the same sandbox, as another process would make it. */
  another(options?: CodefOptions): Codef;
}

export function setUp(options?: SandboxOptions): Setting {
  const sandbox = createSandbox(options);
  const another = (changes: CodefOptions = {}) => createCodef({ ...sandbox.codef.options, ...changes });
  return { sandbox, codef: another(), another };
}

/** The data of a reply that is one. */
export function done<Data, Answer extends object>(reply: TwoWayReply<Data, Answer>): Data {
  if (reply.status === "done") return reply.data;
  throw new Error(`It asks for ${reply.challenge.method}`);
}

/** The challenge of a reply that asks. */
export function asked<Data, Answer extends object>(reply: TwoWayReply<Data, Answer>): Challenge<Data, Answer> {
  if (reply.status === "challenge") return reply.challenge;
  throw new Error(`It answers ${(reply as Reply<Data>).code}`);
}

/** The body of the latest request, as it arrived. */
export function lastBody<Body = Record<string, string>>({ codef }: Sandbox): Body {
  return codef.requests.at(-1)?.body as Body;
}

/** What becomes of a value on its way through a database or a queue. */
export function stored<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

/** Bytes that are no text. */
export const BYTES = Uint8Array.from({ length: 256 }, (_, index) => index);
export const BYTES_BASE64 = Buffer.from(BYTES).toString("base64");

export const SIMPLE_AUTH = {
  loginType: "5",
  loginTypeLevel: "1",
  userName: "홍길동",
  phoneNo: "01012345678",
} as const;
