import { Ajv2020 } from "ajv/dist/2020.js";
import { createSandbox, type ProviderMockOptions, type Sandbox } from "kofin/sandbox";
import { describe, expect, test } from "vitest";
import { serveSandbox } from "../../sandbox/serve.js";
import { specsOf } from "../contract/specs.js";
import { acme, PROVIDER } from "./acme-specs.js";

// biome-ignore lint/suspicious/noExplicitAny: tests read answers of unknown shape
type Answer = any;

const NOW = Date.UTC(2026, 10, 20, 2);
const LIVE = "https://api.acme.example/v1";

function open(options: ProviderMockOptions = {}, provider = PROVIDER, seed: string | number = 1) {
  const clock = { now: NOW };
  const sandbox = createSandbox({ specs: acme(provider), now: () => clock.now, seed, providers: { acme: options } });
  const mock = sandbox.provider("acme");
  const keys = () => ({ "X-Api-Key": mock.options.apiKey ?? "" });
  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = keys()) => {
    const json = body === undefined ? {} : { "Content-Type": "application/json" };
    const init = {
      method,
      headers: { ...json, ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    };
    return read(await sandbox.fetch(`${LIVE}${path}`, init));
  };
  const get = (path: string) => ask("GET", path);
  const pay = (body: object = { orderId: "A-1", amount: 5_000 }) => ask("POST", "/payments", body);
  return { sandbox, mock, clock, ask, get, pay };
}

async function read(response: Response): Promise<{ status: number; headers: Headers; body: Answer }> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
}

const ajv = new Ajv2020({ strict: false, formats: { "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/ } });
const [provider] = acme();
const schemaOf = (id: string) => {
  const operation = provider?.documents.flatMap(({ operations }) => operations).find((one) => one.id === id);
  return ajv.compile(operation?.response ?? {});
};

describe("an answer", () => {
  test.each([
    ["createPayment", "POST", "/payments", { orderId: "A-1", amount: 5_000 }],
    ["getPayment", "GET", "/payments/pay-0001", undefined],
    ["getRefund", "GET", "/refunds/refund-1", undefined],
    ["listPayments", "GET", "/payments", undefined],
  ])("of %s is one by its schema, in the provider's envelope", async (id, method, path, body) => {
    const { ask } = open();
    const answer = await ask(method, path, body);
    const isValid = schemaOf(id);
    expect([answer.status, isValid(answer.body), isValid.errors]).toEqual([200, true, null]);
    expect(answer.body).toMatchObject({ ok: true, requestId: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(answer.body).not.toHaveProperty("error");
  });

  test("repeats what was asked under the same name", async () => {
    const { pay, get } = open();
    expect((await pay()).body.data).toMatchObject({ orderId: "A-1", amount: 5_000 });
    const { payments } = (await get("/payments?currency=USD")).body.data;
    expect(payments.map(({ currency }: Answer) => currency)).toEqual(["USD", "USD", "USD"]);
  });

  test("is the same for the same seed, and another for another", async () => {
    const answer = async (seed: number) => (await open({}, PROVIDER, seed).pay()).body;
    expect(await answer(1)).toEqual(await answer(1));
    expect(await answer(1)).not.toEqual(await answer(2));
  });

  test("is what a test says it is, once, laid over what was made up", async () => {
    const { mock, pay, get } = open();
    mock.answerNext({ amount: 1, note: "for once" }, { path: "payments.createPayment" });
    expect((await get("/payments")).body.data.payments).toHaveLength(3);
    expect((await pay()).body.data).toMatchObject({ orderId: "A-1", amount: 1, note: "for once" });
    expect((await pay()).body.data).toMatchObject({ amount: 5_000 });
    expect(mock.effects[0]?.data).toMatchObject({ amount: 1 });
    mock.answerNext([], { times: 2 });
    expect((await get("/payments/pay-0001")).body.data).toEqual([]);
    expect(() => mock.answerNext({}, { path: "nothing" })).toThrow("No operation is called nothing");
  });
});

describe("a request that is not in order", () => {
  test.each([
    [{ orderId: "A-1" }, "amount is missing"],
    [{ orderId: "A-1", amount: "5000" }, "amount has the wrong type"],
    [{ orderId: "A-1", amount: 1.5 }, "amount has the wrong type"],
    [{ orderId: "A-1", amount: 1, currency: "EUR" }, "currency has a value that is not allowed"],
    [{ orderId: "A-1", amount: 1, items: {} }, "items has the wrong type"],
    [{ orderId: "A-1", amount: 1, items: [{ name: "x" }, { quantity: 1 }] }, "items[1].name is missing"],
    [[], "the body has the wrong type"],
  ])("%j: %s, in HTTP 200 and the envelope of a failure", async (body, detail) => {
    const { ask, mock } = open();
    const answer = await ask("POST", "/payments", body);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      ok: false,
      error: { code: "E100", message: `요청이 올바르지 않습니다: ${detail}` },
      requestId: expect.any(String),
    });
    expect(mock.effects).toEqual([]);
  });

  test("a query is held against its schema, too", async () => {
    const { get } = open();
    expect((await get("/payments?limit=many")).body.error.message).toContain("limit has the wrong type");
    expect((await get("/payments?currency=EUR")).body.error.message).toContain("currency has a value");
  });

  test("a body that cannot be read is none", async () => {
    const { sandbox, mock } = open();
    for (const [type, body] of [
      ["application/json", "{"],
      ["text/plain", "{}"],
    ] as const) {
      const headers = { "X-Api-Key": mock.options.apiKey ?? "", "Content-Type": type };
      const answer = await read(await sandbox.fetch(`${LIVE}/payments`, { method: "POST", headers, body }));
      expect(answer.body.error.message).toContain("the body cannot be read");
    }
  });

  test("a path and a method that nobody has are told apart", async () => {
    const { ask } = open();
    expect(await ask("GET", "/nothing")).toMatchObject({ status: 404, body: { ok: false } });
    expect(await ask("DELETE", "/payments")).toMatchObject({ status: 405, body: { ok: false } });
  });

  test("is HTTP 400 where the provider does not say otherwise, and a problem of RFC 9457 without any envelope", async () => {
    const envelope = PROVIDER.replace("success: { path: ok, values: [true] }\n  ", "");
    expect(await open({}, envelope).ask("POST", "/payments", {})).toMatchObject({
      status: 400,
      body: { error: { code: "E100" } },
    });
    const bare = acme().map((known) => ({
      ...known,
      settings: { ...known.settings, data: { name: "acme", environments: {} } },
    }));
    const { fetch, baseUrl } = createSandbox({ specs: bare }).provider("acme").options;
    const init = { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" };
    const { status, headers, body } = await read(await fetch(`${baseUrl}/payments`, init));
    expect([status, headers.get("content-type")]).toEqual([400, "application/problem+json"]);
    expect(body).toMatchObject({ status: 400, code: "E100", title: expect.stringContaining("orderId is missing") });
  });

  test("has a failure of the kind that the provider's successes are", async () => {
    const numbers = PROVIDER.replace(
      "success: { path: ok, values: [true] }",
      "success: { path: code, values: [0, 7] }",
    );
    const { pay, ask } = open({}, numbers);
    expect((await pay()).body.code).toBe(0);
    expect((await ask("POST", "/payments", {})).body.code).toBe(1);
  });
});

describe("access", () => {
  const auth = (line: string) => PROVIDER.replace(/auth: .*/, line);
  const statuses = async (line: string, wrong: Record<string, string>[], right: Record<string, string>) => {
    const { ask } = open({}, auth(line));
    const all = [];
    for (const headers of [...wrong, right]) all.push((await ask("GET", "/payments", undefined, headers)).status);
    return all;
  };
  const basic = (id: string, secret: string) => `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;

  test("by a key in a header", async () => {
    const { options } = open().mock;
    const wrong = [{}, { "X-Api-Key": "another" }, { Authorization: `Bearer ${options.apiKey}` }];
    const line = "auth: { type: apiKey, in: header, name: X-Api-Key }";
    expect(await statuses(line, wrong, { "x-api-key": options.apiKey ?? "" })).toEqual([401, 401, 401, 200]);
  });

  test("by a key in the query", async () => {
    const { ask, mock } = open({}, auth("auth: { type: apiKey, in: query, name: key }"));
    expect((await ask("GET", "/payments", undefined, {})).status).toBe(401);
    expect((await ask("GET", `/payments?key=${mock.options.apiKey}`, undefined, {})).status).toBe(200);
  });

  test("by a bearer token, by Basic, by nothing, by whatever code says", async () => {
    const bearer = open({}, auth("auth: { type: bearer }")).mock.options.token;
    expect(
      await statuses("auth: { type: bearer }", [{}, { Authorization: "Bearer no" }], {
        Authorization: `bearer ${bearer}`,
      }),
    ).toEqual([401, 401, 200]);
    const { clientId = "", clientSecret = "" } = open({}, auth("auth: { type: basic }")).mock.options;
    const wrong = [{ Authorization: basic(clientId, "no") }];
    expect(await statuses("auth: { type: basic }", wrong, { Authorization: basic(clientId, clientSecret) })).toEqual([
      401, 200,
    ]);
    expect(await statuses("auth: { type: none }", [], {})).toEqual([200]);
    expect(await statuses("auth: { type: custom }", [], {})).toEqual([200]);
    const { ask } = open({ accepts: (headers) => headers.has("x-signature") }, auth("auth: { type: custom }"));
    expect((await ask("GET", "/payments", undefined, {})).status).toBe(401);
    expect((await ask("GET", "/payments", undefined, { "X-Signature": "s" })).status).toBe(200);
  });

  test("a key that is over is refused, and another one counts", async () => {
    const { mock, get } = open();
    const before = mock.options.apiKey ?? "";
    const now = mock.expireToken();
    expect(now).toBe(mock.options.apiKey);
    expect(now).not.toBe(before);
    expect((await get("/payments")).status).toBe(200);
  });

  test("a refusal is in the provider's envelope, whose success would be HTTP 200", async () => {
    const { ask } = open();
    const { status, body } = await ask("GET", "/payments", undefined, {});
    expect([status, body.ok, body.error.message]).toEqual([401, false, "the header parameter X-Api-Key is missing"]);
  });
});

describe("limits", () => {
  test("are none until a test says so, and then 429 with what a client needs to know", async () => {
    const { mock, get, clock } = open();
    for (let count = 0; count < 20; count++) expect((await get("/payments")).status).toBe(200);
    mock.limit(2);
    const answers = [];
    for (let count = 0; count < 3; count++) answers.push(await get("/payments"));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers.map(({ headers }) => headers.get("x-ratelimit-remaining"))).toEqual(["1", "0", "0"]);
    expect(answers[2]?.headers.get("retry-after")).toBe("1");
    expect(answers[2]?.body).toMatchObject({ ok: false, error: { code: "E429" } });
    clock.now += 500;
    expect((await get("/payments")).status).toBe(200);
    mock.limit(undefined);
    for (let count = 0; count < 5; count++) expect((await get("/payments")).status).toBe(200);
  });

  test("are those of provider.yaml when asked for", async () => {
    const { get } = open({ limited: true });
    const statuses = [];
    for (let count = 0; count < 3; count++) statuses.push((await get("/payments")).status);
    expect(statuses).toEqual([200, 200, 429]);
  });

  test("count what they are about, and each operation by itself where they say so", async () => {
    const each = PROVIDER.replace(/limits: .*/, "limits: [{ perSecond: 1, path: /payments, each: true }]");
    const { get, pay } = open({ limited: true }, each);
    const first = [
      await get("/payments"),
      await get("/payments/pay-0001"),
      await pay(),
      await get("/orders/1/payment"),
    ];
    expect(first.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const second = [await get("/payments"), await pay(), await get("/orders/1/payment")];
    expect(second.map(({ status }) => status)).toEqual([429, 429, 200]);
  });
});

describe("effects", () => {
  test("are what was carried out that must not be done twice", async () => {
    const { mock, pay, get, clock } = open();
    await get("/payments");
    await pay();
    clock.now += 1_000;
    await pay({ orderId: "A-2", amount: 7_000 });
    expect(mock.effects).toMatchObject([
      { operation: "payments.createPayment", at: NOW, input: { orderId: "A-1", amount: 5_000 } },
      { operation: "payments.createPayment", at: NOW + 1_000, data: { orderId: "A-2", amount: 7_000 } },
    ]);
    const [one, other] = mock.effects.map(({ data }) => (data as Answer).paymentId);
    expect(one).not.toBe(other);
  });

  test.each([
    [{ drop: true }, 0],
    [{ drop: true, carriedOut: true }, 1],
    [{ status: 502 }, 0],
    [{ status: 502, carriedOut: true }, 1],
    [{ code: "E500", carriedOut: true }, 1],
  ])("after %j there are %i", async (fault, count) => {
    const { mock, pay } = open();
    mock.failNext(fault);
    await pay().catch(() => {});
    expect(mock.effects).toHaveLength(count);
  });

  test("are what the look-up goes by that settles an operation", async () => {
    const { mock, pay, get } = open();
    mock.failNext({ drop: true, carriedOut: true });
    await expect(pay()).rejects.toThrow("fetch failed");
    expect((await get("/orders/A-1/payment")).body.data).toEqual(mock.effects[0]?.data);
    await pay({ orderId: "A-2", amount: 7_000 });
    expect((await get("/orders/A-2/payment")).body.data).toMatchObject({ amount: 7_000 });
  });

  test("what was lost on the way is not there", async () => {
    const { mock, pay, get } = open();
    mock.failNext({ drop: true });
    await expect(pay()).rejects.toThrow("fetch failed");
    expect((await get("/orders/A-1/payment")).body).toMatchObject({ ok: false, error: { code: "E404" } });
    await pay();
    expect((await get("/orders/A-1/payment")).body).toMatchObject({ ok: true, data: { amount: 5_000 } });
  });

  test("what the spec shows is there for those who look around", async () => {
    const { get } = open();
    expect((await get("/refunds/refund-1")).body).toMatchObject({ ok: true, data: { refundId: "refund-1" } });
    expect((await get("/refunds/refund-2")).body).toMatchObject({ ok: false, error: { code: "E404" } });
    // This one settles nothing: whatever is asked for is there.
    expect((await get("/payments/pay-0077")).body.data).toMatchObject({ paymentId: "pay-0077" });
  });

  test("happen once for each key of a repeat, which gets the answer of the first", async () => {
    const { mock, ask, clock } = open();
    const refund = (key: string, amount: number) =>
      ask(
        "POST",
        "/refunds",
        { paymentId: "p", amount },
        { "X-Api-Key": mock.options.apiKey ?? "", "Idempotency-Key": key },
      );
    const first = (await refund("k1", 1)).body;
    expect((await refund("k1", 1)).body).toEqual(first);
    expect((await refund("k1", 2)).body).toMatchObject({ ok: false, error: { code: "E100" } });
    expect(mock.effects).toMatchObject([{ idempotencyKey: "k1", input: { amount: 1 } }]);
    const other = (await refund("k2", 2)).body;
    expect(other.data.refundId).not.toBe(first.data.refundId);
    expect((await ask("GET", `/refunds/${other.data.refundId}`)).body.data).toEqual(other.data);
    clock.now += 600_000;
    expect((await refund("k1", 1)).body).not.toEqual(first);
    expect(mock.effects).toHaveLength(3);
    expect((await ask("POST", "/refunds", { paymentId: "p", amount: 1 })).body.error.message).toContain(
      "Idempotency-Key is missing",
    );
  });
});

describe("failNext", () => {
  test("says a code in the provider's envelope, with its meaning or words of one's own", async () => {
    const { mock, pay } = open();
    mock.failNext({ code: "E500" });
    expect(await pay()).toMatchObject({
      status: 200,
      body: { ok: false, error: { code: "E500", message: "잔액이 부족합니다" } },
    });
    mock.failNext({ code: "E500", message: "no", status: 409, path: "payments.createPayment" });
    expect(await pay()).toMatchObject({ status: 409, body: { error: { message: "no" } } });
    expect((await pay()).body.ok).toBe(true);
  });

  test("means one operation by its name, and all of a path by the path", async () => {
    const { mock, pay, get } = open();
    mock.failNext({ status: 500, path: "payments.createPayment" });
    expect((await get("/payments")).status).toBe(200);
    expect((await pay()).status).toBe(500);
    mock.failNext({ status: 500, path: "/payments/{paymentId}" });
    expect((await get("/payments")).status).toBe(200);
    expect((await get("/payments/pay-0001")).status).toBe(500);
    expect(() => mock.failNext({})).toThrow("say how to fail");
    expect(() => mock.failNext({ status: 500, path: "nothing" })).toThrow("No operation is called nothing");
  });

  test("requests are written down below the base URL", async () => {
    const { mock, pay } = open();
    await pay();
    expect(mock.requests).toMatchObject([
      { method: "POST", path: "/payments", body: { orderId: "A-1", amount: 5_000 }, at: NOW },
    ]);
  });
});

describe("several providers in one sandbox", () => {
  const other = () =>
    createSandbox({
      specs: acme(),
      providers: { beta: { environments: { live: "https://beta.example" } }, acme: {} },
    });

  test("are told apart by their hosts in process", async () => {
    const sandbox = other();
    expect(sandbox.providers).toEqual(["acme", "beta"]);
    const { apiKey = "" } = sandbox.provider("acme").options;
    expect((await sandbox.fetch(`${LIVE}/payments`, { headers: { "X-Api-Key": apiKey } })).status).toBe(200);
    expect((await sandbox.fetch("https://beta.example/anything")).status).toBe(404);
    expect(sandbox.provider("beta").requests).toHaveLength(1);
    // Whatever is nobody's is CODEF's, as before.
    expect((await sandbox.fetch("https://elsewhere.example/payments", { method: "POST" })).status).toBe(401);
    expect(sandbox.codef.requests).toHaveLength(1);
  });

  test("and by their names on a port, with all the controls", async () => {
    const sandbox = other();
    const served = await serveSandbox(sandbox, { port: 0 });
    try {
      const at = (path: string, init?: RequestInit) => fetch(`${served.url}${path}`, init);
      const { options } = (await (await at("/__sandbox/acme")).json()) as Answer;
      expect(options).toEqual({ baseUrl: "https://test.acme.example/v1", apiKey: expect.any(String) });
      const init = {
        method: "POST",
        headers: { "X-Api-Key": options.apiKey, "Content-Type": "application/json" },
        body: JSON.stringify({ orderId: "A-1", amount: 5_000 }),
      };
      const control = async (name: string, body: object) =>
        (await at(`/__sandbox/acme/${name}`, { method: "POST", body: JSON.stringify(body) })).json() as Promise<Answer>;
      expect(await (await at("/acme/payments", init)).json()).toMatchObject({ ok: true });
      expect(await (await at("/beta/payments", init)).json()).toMatchObject({ status: 404 });
      await control("answer-next", { data: { amount: 1 } });
      expect(await (await at("/acme/payments", init)).json()).toMatchObject({ data: { amount: 1 } });
      await control("fail-next", { code: "E500", message: "no" });
      expect(await (await at("/acme/payments", init)).json()).toMatchObject({ error: { code: "E500", message: "no" } });
      await control("limit", { perSecond: 1 });
      expect([(await at("/acme/payments", init)).status, (await at("/acme/payments", init)).status]).toEqual([
        200, 429,
      ]);
      await control("limit", {});
      await control("delay-next", { milliseconds: 1 });
      expect((await at("/acme/payments", init)).status).toBe(200);
      expect((await control("expire-token", {})).token).not.toBe(options.apiKey);
      expect((await at("/acme/payments", init)).status).toBe(401);
      const shown = (await (await at("/__sandbox/acme")).json()) as Answer;
      expect(shown.effects).toHaveLength(4);
      expect(shown.requests.length).toBeGreaterThan(5);
      const { error, controls } = await control("nothing", {});
      expect(error).toBe("No such control");
      expect(controls).toEqual(expect.arrayContaining(["GET /__sandbox/beta", "POST /__sandbox/acme/answer-next"]));
      expect(await control("answer-next", {})).toMatchObject({ error: expect.stringContaining("data") });
    } finally {
      await served.close();
    }
  });

  test("one that is not there is named, with those that are", () => {
    expect(() => other().provider("gamma")).toThrow("No provider is called gamma: there are acme, beta");
    expect(() => other().provider("kis")).toThrow("kis has a mock of its own");
    expect(() => createSandbox({ providers: { oauth2: {} } })).toThrow("A provider cannot be called oauth2 here");
  });

  test("start anew with the sandbox", async () => {
    const { sandbox, mock, pay } = open({ limited: true });
    const first = (await pay()).body;
    mock.failNext({ status: 500 });
    mock.answerNext({});
    mock.expireToken();
    mock.limit(undefined);
    sandbox.reset();
    expect([mock.requests, mock.effects, mock.options.apiKey]).toEqual([[], [], "sandbox-api-key-1"]);
    expect((await pay()).body).toEqual(first);
    expect([(await pay()).status, (await pay()).status]).toEqual([200, 429]);
  });
});

test("a sandbox without further providers has none", () => {
  const sandbox: Sandbox = createSandbox({ specs: specsOf("woori") });
  expect(sandbox.providers).toEqual([]);
  expect(() => sandbox.provider("acme")).toThrow("No provider is called acme: no further specs are there");
});
