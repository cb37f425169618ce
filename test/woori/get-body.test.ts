import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { InvalidInputError, type Transport } from "kofin";
import { createCodef } from "kofin/codef";
import { undiciTransport } from "kofin/node";
import { call, createWoori } from "kofin/woori";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { consultation, period, transactions } from "./operations.js";

/** A request as it came off the wire. */
interface Arrived {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingHttpHeaders;
  text: string;
}

let server: Server;
let baseUrl: string;
const arrived: Arrived[] = [];

beforeAll(async () => {
  server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const { method, url, headers } = incoming;
    arrived.push({ method, url, headers, text: Buffer.concat(chunks).toString("utf8") });
    outgoing.setHeader("Content-Type", "application/json");
    outgoing.end(JSON.stringify({ dataHeader: {}, dataBody: { FRCS_AVL_LN_AM: 1 } }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => arrived.splice(0));

const keys = { appKey: "app-key", secretKey: "secret-key", token: "user-token" };
const input = { SLF_ANL_ICM_AM: "60000000", RQPE_FNM: "홍길동" };

describe("a GET with a body", () => {
  it("leaves by undici's dispatcher, with its length in bytes", async () => {
    const woori = createWoori({ ...keys, baseUrl, fetch: undiciTransport() });
    const { data } = await call(woori, consultation, input);
    expect(data).toEqual({ FRCS_AVL_LN_AM: 1 });
    const [{ method, url, headers, text }] = arrived as [Arrived];
    expect([method, url]).toEqual(["GET", consultation.path]);
    expect(JSON.parse(text)).toMatchObject({ dataBody: { SLF_ANL_ICM_AM: 60_000_000, RQPE_FNM: "홍길동" } });
    expect(headers["content-length"]).toBe(String(Buffer.byteLength(text)));
    expect(headers["content-type"]).toBe("application/json");
    expect(headers.authorization).toBe("Bearer user-token");
  });

  it("calls after it are none the worse, side by side and with a body of their own", async () => {
    const woori = createWoori({ ...keys, baseUrl, fetch: undiciTransport() });
    await Promise.all([1, 2, 3].map(() => call(woori, consultation, input)));
    await call(woori, transactions, period);
    expect(arrived.map(({ method }) => method)).toEqual(["GET", "GET", "GET", "POST"]);
    expect(arrived.every(({ text }) => JSON.parse(text).dataBody)).toBe(true);
  });

  it("goes past middleware of the caller, whose Request cannot hold it", async () => {
    const seen: (string | null)[] = [];
    const woori = createWoori({ ...keys, baseUrl, fetch: undiciTransport() }).use({
      onRequest({ request }) {
        seen.push(request.method, request.headers.get("Content-Type"));
        request.headers.set("X-Traced", "yes");
        return request;
      },
      onResponse: ({ response }) => new Response(response.body, response),
    });
    const { data } = await call(woori, consultation, input);
    expect(data).toEqual({ FRCS_AVL_LN_AM: 1 });
    expect(seen).toEqual(["GET", "application/json"]);
    expect(arrived[0]?.headers["x-traced"]).toBe("yes");
    expect(JSON.parse(arrived[0]?.text ?? "")).toMatchObject({ dataBody: { RQPE_FNM: "홍길동" } });
  });
});

describe("a transport that cannot send it", () => {
  it.each<[string, Transport | undefined]>([
    ["the platform's fetch by default", undefined],
    ["a transport that does not say it can", (url, init) => fetch(url, init)],
  ])("%s is refused before anything is sent, with both ways out named", async (_, transport) => {
    const woori = createWoori({ ...keys, baseUrl, ...(transport && { fetch: transport }) });
    const error = await failure(call(woori, consultation, input), InvalidInputError);
    expect(error).toMatchObject({ code: "TRANSPORT_UNFIT", operation: "lease-loan.leaseLoanLimitInqury" });
    expect(error.message).toContain("undiciTransport() } of kofin/node");
    expect(error.message).toContain("lease/getLeaseHouseLoanAm");
    expect(arrived).toEqual([]);
  });

  it("still sends everything else", async () => {
    const woori = createWoori({ ...keys, baseUrl });
    await call(woori, transactions, period);
    expect(arrived[0]?.method).toBe("POST");
  });
});

it("a GET of CODEF keeps its parameters in the query", async () => {
  const issued = { value: "token", expiresAt: Date.now() + 1e9 };
  const codef = createCodef({
    baseUrl,
    fetch: undiciTransport(),
    tokens: { get: async () => issued, invalidate() {} },
  });
  const { call: callCodef } = await import("kofin/codef");
  const operation = { id: "some.get", method: "GET", path: "/v1/some/get", retry: "never" } as const;
  await failure(callCodef(codef, operation, { page: "1" }));
  expect(arrived[0]).toMatchObject({ method: "GET", url: "/v1/some/get?page=1", text: "" });
});
