import { readFileSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KisSandbox } from "kofin/sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { root } from "../../bench/package-root.js";
import { printedBy } from "./printed.js";

/** Friday, 2026-11-20, 11:00 in Seoul: the market is open. In New York it is still Thursday, and closed. */
const NOW = Date.UTC(2026, 10, 20, 2);

const example = (name: string) => printedBy(() => import(`../../examples/kis-${name}.ts`));
const digits = (value: number) => value.toLocaleString("ko-KR");

/** What the next imports find in the environment; everything is imported anew. */
function startWith(variables: Partial<Record<"ENVIRONMENT" | "APP_KEY" | "APP_SECRET" | "ACCOUNT", string>>): void {
  vi.resetModules();
  for (const name of ["ENVIRONMENT", "APP_KEY", "APP_SECRET", "ACCOUNT"] as const) {
    vi.stubEnv(`KIS_${name}`, variables[name]);
  }
}

/** The sandbox that programs talk to without keys. */
async function sandboxOf(environment: "real" | "mock"): Promise<KisSandbox> {
  startWith({ ENVIRONMENT: environment });
  const { sandbox } = await import("../../examples/kis-client.js");
  if (!sandbox) throw new Error("without keys there is a sandbox");
  return sandbox;
}

/** Of mock trading: reading the specs takes seconds, so that two describes share one. */
let mock: KisSandbox | undefined;

beforeAll(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
});
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe("without keys", () => {
  let sandbox: KisSandbox;
  beforeAll(async () => {
    sandbox = await sandboxOf("real");
    sandbox.setPrice("005930", 71_300);
    sandbox.setPrice("AAPL", 187.35, "NASD");
  });

  it("kis-quotes shows prices at home and overseas", async () => {
    const { rows, lines, beside } = await example("quotes");
    expect(rows.filter(([label]) => label === "현재가").map(([, price]) => price)).toEqual(["71,300", "187.35"]);
    expect(Number(beside("상한가")?.replace(",", ""))).toBeGreaterThan(71_300);
    expect(lines).toContain("▸ AAPL 애플, 상세");
    expect(beside("당일환율")).toBe("1,400");
    expect(beside("원환산당일가격")).toBe(digits(187.35 * 1_400));
  });

  it("kis-candles has every minute of today, and more days than fit into an answer", async () => {
    const { rows, lines } = await example("candles");
    expect(lines).toContain("121 candles"); // 9:00 to 11:00
    const close = (time: string) => rows.find(([first]) => first === time)?.[4];
    expect(close("110000")).toBe("71,300");
    expect(lines.find((line) => line.startsWith("30 days"))).toContain("71,300");

    const year = lines.map((line) => /^(\d+) candles, from 20251016 to 20261120$/.exec(line)?.[1]).find(Boolean);
    expect(Number(year)).toBeGreaterThan(250);
    expect(close("20261120")).toBe("71,300");
    expect(lines.find((line) => /^200 candles, from \d{8} to 20261119$/.test(line))).toBeDefined();

    const asked = (path: string) => sandbox.requests.filter((request) => request.path.endsWith(path)).length;
    expect(asked("/inquire-time-itemchartprice")).toBeGreaterThanOrEqual(5);
    expect(asked("/inquire-daily-itemchartprice")).toBeGreaterThanOrEqual(3);
    expect(asked("/dailyprice")).toBe(2);
  });

  it("kis-balance adds up, and calls every field by its Korean label", async () => {
    const { rows, lines, beside } = await example("balance");
    const holding = rows.find(([code]) => code === "005930");
    expect(holding?.slice(1, 3)).toEqual(["삼성전자", "100"]);
    expect(holding?.slice(5, 7)).toEqual(["71,300", "7,130,000"]);

    const stocks = [
      ["005930", 100],
      ["000660", 20],
      ["035720", 50],
    ] as const;
    const worth = stocks.reduce((sum, [code, quantity]) => sum + sandbox.price(code) * quantity, 0);
    expect(lines).toContain("예수금총금액: 100,000,000");
    expect(lines).toContain(`유가평가금액: ${digits(worth)}`);
    expect(lines).toContain(`총평가금액: ${digits(worth + 100_000_000)}`);
    const labels = labelsOf("BalanceSummary");
    expect(labels.size).toBe(24);
    for (const label of labels.values())
      expect(
        lines.some((line) => line.startsWith(label)),
        label,
      ).toBe(true);

    expect(beside("주문가능현금")).toBe("100,000,000");
    expect(rows.find(([code]) => code === "AAPL")?.slice(1, 6)).toEqual([
      "애플",
      "10",
      expect.any(String),
      "187.35",
      "1,873.5",
    ]);
    expect(rows.find(([code]) => code === "USD")?.[1]).toBe("100,000");
    const overseas = 10 * 187.35 + 40 * sandbox.price("KO", "NYSE");
    expect(beside("평가금액합계")).toBe(digits(overseas * 1_400));
  });

  it("kis-orders orders, changes, cancels, buys and sells", async () => {
    const { lines, rows } = await example("orders");
    const book = sandbox.orders({ code: "005930" });
    expect(book.map(({ kind, side, price, filled, cancelled }) => [kind, side, price, filled, cancelled])).toEqual([
      ["new", "buy", 51_900, 0, 0],
      ["modify", "buy", 52_000, 0, 2],
      ["cancel", "buy", 52_000, 0, 0],
      ["new", "buy", undefined, 1, 0],
      ["new", "sell", 96_300, 0, 1],
      ["cancel", "sell", 96_300, 0, 0],
      ["new", "sell", undefined, 1, 0],
    ]);
    expect(lines.filter((line) => line.startsWith("open orders"))).toEqual([
      "open orders: 1",
      "open orders: 1",
      "open orders: 0",
    ]);
    expect(rows.filter(([, side]) => side === "매수" || side === "매도").map((row) => row.slice(1))).toEqual([
      ["매수", "삼성전자", "1", "71,300"],
      ["매도", "삼성전자", "1", "71,300"],
    ]);
  });

  it("kis-order-outcome finds the order whose answer was lost", async () => {
    const { lines } = await example("order-outcome");
    const order = sandbox.orders({ code: "005930" }).at(-1);
    expect(order).toMatchObject({ kind: "new", side: "buy", quantity: 3, remaining: 3 });
    expect(lines).toContain(`→ it happened: order ${order?.number}`);
    expect(sandbox.orders({ code: "005930" }).filter(({ quantity }) => quantity === 3)).toHaveLength(1);
  });

  it("kis-overseas-orders orders, changes and cancels", async () => {
    const { lines, rows } = await example("overseas-orders");
    expect(lines).toContain("100,000 USD buy 533 shares");
    expect(rows.filter(([, price]) => price === "168.62" || price === "170.49").map((row) => row.slice(1))).toEqual([
      ["168.62", "1"],
      ["170.49", "1"],
    ]);
    expect(lines.at(-1)).toBe("open orders: 0");
    expect(sandbox.orders({ code: "AAPL" }).map(({ kind, remaining }) => [kind, remaining])).toEqual([
      ["new", 0],
      ["modify", 0],
      ["cancel", 0],
    ]);
  });
});

/** Korean labels of a type's fields, as a reader of the generated code sees them. */
function labelsOf(type: string): Map<string, string> {
  const source = readFileSync(join(root, "generated/kis/domestic-stock-trading.types.ts"), "utf8");
  const body = source.slice(source.indexOf(`export interface ${type} {`)).split("\n}\n", 1)[0] ?? "";
  const fields = body.matchAll(/\/\*\* (.+?)(?:\. .*| · .*)? \*\/\n {2}(\w+)\?:/g);
  return new Map([...fields].map(([, label = "", name = ""]) => [name, label]));
}

describe("without keys, as at the host for mock trading", () => {
  let sandbox: KisSandbox;
  beforeAll(async () => {
    sandbox = await sandboxOf("mock");
    mock = sandbox;
  });

  it("kis-quotes leaves out what that host does not have", async () => {
    const { lines, beside } = await example("quotes");
    expect(beside("현재가")).toBe(digits(sandbox.price("005930")));
    expect(lines).not.toContain("▸ AAPL 애플, 상세");
  });

  it.each(["orders", "overseas-orders"])("kis-%s finds its open orders another way", async (name) => {
    const { lines } = await example(name);
    expect(lines.filter((line) => line.startsWith("open orders"))).toEqual([
      "open orders: 1",
      "open orders: 1",
      "open orders: 0",
    ]);
    expect(sandbox.orders({ environment: "real" })).toEqual([]);
  });
});

describe("with keys", () => {
  const keys = { APP_KEY: "", APP_SECRET: "", ACCOUNT: "" };
  const asked: string[] = [];
  const here = process.cwd();
  let folder: string;
  beforeAll(async () => {
    mock ??= await sandboxOf("mock");
    // KIS issues one token a minute.
    vi.setSystemTime(NOW + 60_000);
    const { appKey, appSecret, account, fetch } = mock.mockOptions;
    Object.assign(keys, { APP_KEY: appKey, APP_SECRET: appSecret, ACCOUNT: account });
    vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
      asked.push(new URL(url).origin);
      return fetch(url, init);
    });
    folder = await mkdtemp(join(tmpdir(), "kofin-examples-"));
    process.chdir(folder);
  });
  beforeEach(() => {
    asked.length = 0;
  });
  afterAll(async () => {
    vi.unstubAllGlobals();
    process.chdir(here);
    await rm(folder, { recursive: true, force: true });
  });

  it("programs talk to KIS, and keep the token for the next one", async () => {
    startWith({ ...keys, ENVIRONMENT: "mock" });
    const { beside } = await example("balance");
    expect(beside("주문가능현금")).toBe("100,000,000");
    expect(new Set(asked)).toEqual(new Set(["https://openapivts.koreainvestment.com:29443"]));
    expect(await readdir(join(folder, ".kofin"))).toHaveLength(1);
  });

  it.each(["orders", "order-outcome", "overseas-orders"])("kis-%s refuses real money", async (name) => {
    startWith({ ...keys, ENVIRONMENT: "real" });
    await expect(example(name)).rejects.toThrow(/real orders/);
    expect(asked).toEqual([]);
  });

  it("nobody guesses whose keys they are", async () => {
    startWith(keys);
    await expect(example("quotes")).rejects.toThrow(/KIS_ENVIRONMENT/);
  });
});
