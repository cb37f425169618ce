/** What `kofin/provider` sends and takes for an answer, for a provider that is nothing but data. */
import { DecodeError, InvalidInputError, OutcomeUnknownError, type Transport } from "kofin";
import { defineProvider } from "kofin/provider";
import { type ApiOperation, call } from "kofin/provider/functions";
import { describe, expect, it, test } from "vitest";
import { failure } from "../support/failure.js";

interface Sent {
  url: string;
  method: string;
  headers: Headers;
  body: unknown;
}

const acme = {
  name: "acme",
  environments: { test: "https://test.acme.example" },
  auth: { type: "apiKey", in: "header", name: "X-Acme-Key" },
  answer: { data: "data", success: { path: "ok", values: [true] }, code: "error.code", message: "error.message" },
} as const;

function clientOf(answer: () => Response, more: Partial<Transport> = {}) {
  const sent: Sent[] = [];
  const fetch: Transport = Object.assign(async (url: string, { method, headers, body }: Parameters<Transport>[1]) => {
    sent.push({ url, method, headers, body });
    return answer();
  }, more);
  return { client: defineProvider(acme)({ apiKey: "k", fetch }), sent };
}

const fine = () => Response.json({ ok: true, data: { id: "1" } });

const pay: ApiOperation = {
  id: "payments.create",
  method: "POST",
  path: "/v1/payments",
  retry: "never",
  required: ["amount"],
  decimals: ["amount"],
  one: [""],
};
const look: ApiOperation = { ...pay, id: "payments.list", method: "GET", retry: "safe", required: [], decimals: [] };

describe("a success", () => {
  it.each([
    ["HTTP 204", () => new Response(null, { status: 204 })],
    ["an empty body", () => new Response("")],
    ["no data", () => Response.json({ ok: true })],
    ["null for the data", () => Response.json({ ok: true, data: null })],
    ["a text for the data", () => Response.json({ ok: true, data: "x" })],
    ["two objects for one", () => Response.json({ ok: true, data: [{}, {}] })],
  ])("with %s says nothing of what was paid", async (_, answer) => {
    const { client, sent } = clientOf(answer);
    const error = await failure(call(client, pay, { amount: "1" }), OutcomeUnknownError);
    expect(error.cause).toBeInstanceOf(DecodeError);
    expect(sent).toHaveLength(1);
    expect(await failure(call(clientOf(answer).client, look), DecodeError)).toMatchObject({ code: "DECODE" });
  });

  it("may be HTTP 204 where HTTP alone says what is one, and where the spec says that nothing comes", async () => {
    const nothing = () => new Response(null, { status: 204 });
    const { client } = clientOf(nothing);
    expect((await call(client, { ...pay, answer: "none" }, { amount: "1" })).data).toBeUndefined();
    const bare = defineProvider({ name: "acme", environments: acme.environments })({ fetch: async () => nothing() });
    expect((await call(bare, { ...look, one: [] })).data).toBeUndefined();
  });
});

describe("decimals", () => {
  it.each([["1000.50"], ["-1"], [1000.5], [10n]])("%s leaves as plain digits", async (amount) => {
    const { client, sent } = clientOf(fine);
    await call(client, pay, { amount });
    expect(JSON.parse(String(sent[0]?.body))).toEqual({ amount: String(amount) });
  });

  it.each(["abc", "", "1,000", " 10 ", "1e5", "0x10", true, {}, 1e21, Number.NaN, 2 ** 53].map((value) => [value]))(
    "%s does not leave",
    async (amount) => {
      const { client, sent } = clientOf(fine);
      const error = await failure(call(client, pay, { amount }), InvalidInputError);
      expect([error.code, error.field, sent.length]).toEqual(["INPUT_INVALID", "amount", 0]);
    },
  );
});

test("a decimal that need not be there may be blank", async () => {
  const { client, sent } = clientOf(fine);
  await call(client, { ...pay, required: [] }, { amount: "" });
  expect(JSON.parse(String(sent[0]?.body))).toEqual({ amount: "" });
});

describe("bodies", () => {
  const search: ApiOperation = { ...look, id: "payments.search", params: { query: ["page"] }, body: "body" };

  test("a GET sends one where the transport can, and is refused where it cannot", async () => {
    const input = { page: 2, body: { filter: { status: ["PAID"] } } };
    const { client, sent } = clientOf(fine, { getBody: true });
    await call(client, search, input);
    expect(sent[0]).toMatchObject({ method: "GET", url: "https://test.acme.example/v1/payments?page=2" });
    expect(JSON.parse(String(sent[0]?.body))).toEqual(input.body);
    const plain = clientOf(fine);
    expect((await failure(call(plain.client, search, input), InvalidInputError)).code).toBe("TRANSPORT_UNFIT");
    expect(plain.sent).toHaveLength(0);
  });

  const upload: ApiOperation = {
    ...pay,
    id: "files.put",
    body: "body",
    bodyType: "bytes",
    files: ["body"],
    decimals: [],
  };

  it.each([
    ["bytes", new Uint8Array([1, 2, 3])],
    ["base64", "AQID"],
  ])("a body of bytes is given as %s", async (_, body) => {
    const { client, sent } = clientOf(fine);
    await call(client, { ...upload, required: ["body"] }, { body });
    expect(new Uint8Array(sent[0]?.body as ArrayBuffer)).toEqual(new Uint8Array([1, 2, 3]));
    expect(sent[0]?.headers.get("Content-Type")).toBe("application/octet-stream");
  });

  test("a placeholder that stands twice in a path is filled twice, and cannot lead elsewhere", async () => {
    const twice: ApiOperation = { ...look, path: "/v1/{id}/copies/{id}", required: ["id"], params: { path: ["id"] } };
    const { client, sent } = clientOf(fine);
    await call(client, twice, { id: "a/b?c#d" });
    expect(sent[0]?.url).toBe("https://test.acme.example/v1/a%2Fb%3Fc%23d/copies/a%2Fb%3Fc%23d");
    for (const id of ["..", ".", ""]) await failure(call(client, twice, { id }), InvalidInputError);
    expect(sent).toHaveLength(1);
  });
});

describe("options", () => {
  it.each<[object, string]>([
    [{ baseUrl: "" }, "baseUrl"],
    [{ baseUrl: "test.acme.example" }, "baseUrl"],
    [{ fetch: 5 }, "fetch"],
    [{ timeoutMs: 0 }, "timeoutMs"],
    [{ timeoutMs: Number.NaN }, "timeoutMs"],
    [{ answerTimeoutMs: -1 }, "answerTimeoutMs"],
    [{ retries: 1.5 }, "retries"],
    [{ retryDelayMs: "1" }, "retryDelayMs"],
    [{ limits: 5 }, "limits"],
    [{ limits: [{ perSecond: 0 }] }, "limits"],
    [{ limits: [{ perSecond: 1, burst: 0 }] }, "limits"],
  ])("%j of a client is refused by its name", (wrong, field) => {
    const make = () => defineProvider(acme)({ apiKey: "k", ...wrong } as never);
    expect(make).toThrow(InvalidInputError);
    expect(make).toThrow(new RegExp(`${field} must be`));
  });

  it.each<[unknown, string]>([
    [{ timeoutMs: -1 }, "timeoutMs"],
    [{ timeoutMs: Number.NaN }, "timeoutMs"],
    [{ retries: -1 }, "retries"],
    [{ signal: {} }, "signal"],
    [null, "options"],
  ])("%j of a call is refused before anything is sent", async (wrong, field) => {
    const { client, sent } = clientOf(fine);
    const error = await failure(call(client, pay, { amount: "1" }, wrong as never), InvalidInputError);
    expect([error.code, error.field, sent.length]).toEqual(["INPUT_INVALID", field, 0]);
  });
});
