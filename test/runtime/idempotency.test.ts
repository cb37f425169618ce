import { OutcomeUnknownError, ProviderError } from "kofin";
import { type ApiOperation, call, defineProvider } from "kofin/provider";
import { describe, expect, test } from "vitest";
import { failure } from "../support/failure.js";

const PAY: ApiOperation = {
  ...{ id: "payments.pay", method: "POST", path: "/payments", retry: "idempotency-key" },
  idempotency: { field: "requestId" },
};
const NEVER: ApiOperation = { id: "payments.refund", method: "POST", path: "/refunds", retry: "never" };

const createAcme = defineProvider({
  name: "acme",
  environments: { live: "https://acme.example" },
  answer: { code: "code", message: "message" },
  advice: { BUSY: "retry", BAD: "fix-request" },
});

/** A client whose answers are these, one after the other, and what it sent. */
function scripted(...answers: (Response | Error)[]) {
  const sent: string[] = [];
  const client = createAcme({
    retryDelayMs: 0,
    fetch: async (_url, { body }) => {
      sent.push(String(body));
      const answer = answers.shift() ?? Response.json({ id: 1 });
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  return { client, sent };
}

const lost = () => new TypeError("fetch failed");
const busy = (status: number) => Response.json({ code: "BUSY", message: "" }, { status });

describe("an operation that is repeated with its key", () => {
  test("has one that is made once, in whatever attempt", async () => {
    const { client, sent } = scripted(lost(), busy(500));
    await call(client, PAY, { amount: 1 });
    expect(sent).toHaveLength(3);
    expect(new Set(sent).size).toBe(1);
    expect(JSON.parse(sent[0] ?? "")).toEqual({ amount: 1, requestId: expect.stringMatching(/^[\w-]{36}$/) });
  });

  test("has another in another call, and the caller's where there is one", async () => {
    const { client, sent } = scripted();
    await call(client, PAY, {});
    await call(client, PAY, {});
    await call(client, PAY, { requestId: "mine" });
    const keys = sent.map((text) => JSON.parse(text).requestId);
    expect(new Set(keys).size).toBe(3);
    expect(keys[2]).toBe("mine");
  });

  test("is repeated whatever the time where nobody says that the key is forgotten", async () => {
    const { client, sent } = scripted(lost());
    await call(client, PAY, {});
    expect(sent).toHaveLength(2);
  });

  test("is not repeated when it was refused", async () => {
    const { client, sent } = scripted(Response.json({ code: "BAD", message: "" }, { status: 400 }));
    await failure(call(client, PAY, {}), ProviderError);
    expect(sent).toHaveLength(1);
  });
});

describe("an operation that is never repeated", () => {
  test("leaves once, and a server in trouble leaves open what became of it, whatever it calls the trouble", async () => {
    for (const answer of [lost(), busy(500), busy(503)]) {
      const { client, sent } = scripted(answer);
      await failure(call(client, NEVER, {}), OutcomeUnknownError);
      expect(sent).toHaveLength(1);
    }
  });

  test("was not carried out where it was too much", async () => {
    const { client, sent } = scripted(busy(429));
    expect((await failure(call(client, NEVER, {}), ProviderError)).advice).toBe("retry");
    expect(sent).toHaveLength(1);
  });
});
