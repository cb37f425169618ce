/** The realtime examples, as they are without keys. */
import { createSandbox } from "kofin/sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { board, columnsOf } from "../../examples/kis-board-view.js";
import { specs } from "../../sandbox/shared/specs.js";
import { printedBy } from "../examples/printed.js";

const { argv } = process;
const kis = specs("kis");
if (!kis) throw new Error("there are no specs of KIS");
// Every program gets a sandbox of its own, as when it is run; the specs are read once, and its market is in a hurry.
vi.doMock("kofin/sandbox", () => ({
  createSandbox: () => createSandbox({ specs: [kis], kis: { realtime: { tickMs: 20 } } }),
}));

/** Programs read their arguments when they are imported. */
function run(name: string, ...words: string[]) {
  process.argv = [...argv.slice(0, 2), ...words];
  return printedBy(() => import(`../../examples/kis-${name}.ts`));
}

describe("without keys", () => {
  beforeAll(() => {
    for (const name of ["ENVIRONMENT", "APP_KEY", "APP_SECRET"]) vi.stubEnv(`KIS_${name}`, undefined);
  });
  beforeEach(() => vi.resetModules());
  afterAll(() => {
    process.argv = argv;
    vi.unstubAllEnvs();
  });

  test("kis-realtime-trades prints trades of the stocks that are named, and ends", async () => {
    const { lines } = await run("realtime-trades", "005930", "000660", "--count", "4");
    const trades = lines.filter((line) => /^\d\d:\d\d:\d\d /.test(line));
    expect(trades).toHaveLength(4);
    expect(new Set(trades.map((line) => line.split(" ")[1]))).toEqual(new Set(["005930", "000660"]));
    expect(trades[0]).toMatch(/(매수|매도) [\d,]+ × [\d,]+ {2}-?[\d,]+ \(-?[\d.]+%\), 누적 [\d,]+$/);
  });

  test("kis-realtime-orderbook prints asks above bids", async () => {
    const { lines } = await run("realtime-orderbook", "005930", "--count", "1");
    const prices = lines
      .filter((line) => /^ {2}매/.test(line))
      .map((line) => Number(line.slice(4, 16).replace(",", "")));
    expect(prices).toHaveLength(10);
    expect(prices).toEqual([...prices].sort((a, b) => b - a));
  });

  test("kis-realtime-notices tells what became of its orders", async () => {
    const { lines } = await run("realtime-notices", "--count", "5");
    expect(lines.slice(-5).map((line) => /(접수|체결|정정|취소)/.exec(line)?.[1])).toEqual([
      "접수",
      "체결",
      "접수",
      "정정",
      "취소",
    ]);
  });

  test("kis-board shows indices and stocks by name", async () => {
    const { lines } = await run("board", "005930", "--count", "9");
    expect(lines.map((line) => line.trim().split(/\s+/)[0])).toEqual(["종목", "코스피", "코스닥", "삼성전자"]);
    expect(new Set(lines.map(columnsOf)).size).toBe(1);
  });
});

describe("a board", () => {
  test("has columns of the same width, whatever it knows", () => {
    const name = "이름이아주길어서잘려야하는종목";
    const lines = board([{ name }, { name: "AB" }], false);
    expect(lines.map(columnsOf)).toEqual([83, 83, 83]);
    expect(lines[1]).toMatch(/^이름이아주길어 /);
  });

  test("is red for up and blue for down", () => {
    const index = { PRPR_NMIX: "1", BSTP_NMIX_PRDY_VRSS: "1", PRDY_CTRT: "1", ACML_VOL: "1", BSOP_HOUR: "110000" };
    const [, up, down] = board(
      ["2", "5"].map((PRDY_VRSS_SIGN) => ({ name: "코스피", index: { ...index, PRDY_VRSS_SIGN } as never })),
      true,
    );
    expect(up).toContain("\u001b[31m");
    expect(down).toContain("\u001b[34m");
  });
});
