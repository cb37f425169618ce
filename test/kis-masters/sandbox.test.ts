import { HttpError } from "kofin";
import { createKis } from "kofin/kis";
import { inquirePrice } from "kofin/kis/domestic-stock-quotations";
import {
  bond,
  elw,
  kosdaq,
  kospi,
  loadMaster,
  type Master,
  type MasterFlaw,
  masters,
  nas,
  streamMaster,
  theme,
} from "kofin/kis/masters";
import { createSandbox } from "kofin/sandbox";
import { serveSandbox } from "kofin/sandbox/serve";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";

/** A Friday. */
const now = Date.parse("2026-11-20T11:00:00+09:00");
const sandbox = createSandbox({ now: () => now });
const { fetch } = sandbox;
const addressed = (Object.values(masters) as Master<object>[]).filter(({ path }) => path !== undefined);

describe("the sandbox serves", () => {
  it.each(addressed.map((master) => [master.id, master] as const))(
    "%s, with nothing wrong in it",
    async (_, master) => {
      const flaws: MasterFlaw[] = [];
      const { rows, get, find } = await loadMaster(master, { fetch, onFlaw: (flaw) => flaws.push(flaw) });
      expect(flaws).toEqual([]);
      expect(rows.length).toBeGreaterThan(1);
      const { code, name } = master.layout;
      for (const row of rows as Record<string, string>[]) {
        expect([row[code], row[name]]).toEqual([expect.stringMatching(/./), expect.stringMatching(/./)]);
        expect(get(row[code] ?? "")).toBeDefined();
        expect(find(row[name] ?? "")).toBeDefined();
      }
    },
  );

  it("all 26 of them, and nothing else below their folder", async () => {
    expect(addressed).toHaveLength(26);
    const elsewhere: Master<object> = { ...kospi, path: "/common/master/focode.mst.zip" };
    expect(await failure(loadMaster(elsewhere, { fetch }), HttpError)).toMatchObject({ code: "HTTP_404" });
    const posted = await fetch("https://sandbox/common/master/memcode.mst", { method: "POST" });
    expect(posted.status).toBe(405);
  });

  it("names that fill their column, losses, points, and a date that is none", async () => {
    const { rows, get } = await loadMaster(kospi, { fetch });
    expect(rows.at(-1)).toMatchObject({
      mksc_shrn_iscd: "F70100026",
      hts_kor_isnm: "가상인프라융자특별자산모투자신탁제일호증",
    });
    expect(get("011200")).toMatchObject({ bsop_prfi: -1_234, roe: -3.2, base_date: "20260230" });
    expect(get("005930")).toMatchObject({
      stnd_iscd: "KR7005930003",
      scrt_grp_cls_code: "ST",
      kospi_issu_yn: true,
      po_prc: undefined,
    });
  });

  it("bonds without the columns that are not in every file, and themes of stocks that there are", async () => {
    expect((await loadMaster(bond, { fetch })).rows[0]).toMatchObject({ sale_date: "", rdmp_date: "20340610" });
    const [kospiStocks, kosdaqStocks] = await Promise.all([
      loadMaster(kospi, { fetch }),
      loadMaster(kosdaq, { fetch }),
    ]);
    for (const { shrn_iscd } of (await loadMaster(theme, { fetch })).rows) {
      expect(kospiStocks.get(shrn_iscd) ?? kosdaqStocks.get(shrn_iscd)).toBeDefined();
    }
    expect((await loadMaster(elw, { fetch })).rows[0]?.elw_pblc_istu_name).toBe("가상투자증권");
  });

  it("the stocks of its market, at the price that they closed with", async () => {
    // A token is only as good as the clocks of sandbox and client agree.
    const today = createSandbox();
    const kis = createKis(today.kis.options);
    const { get } = await loadMaster(kospi, { fetch: today.fetch });
    for (const code of ["005930", "035420", "100010"]) {
      const { data } = await inquirePrice(kis, { FID_COND_MRKT_DIV_CODE: "J", FID_INPUT_ISCD: code });
      expect(String(get(code)?.stck_sdpr)).toBe(data.output?.stck_sdpr);
    }
    expect((await loadMaster(nas, { fetch })).find("애플")?.symb).toBe("AAPL");
  });

  it("on a port, too", async () => {
    const server = await serveSandbox(sandbox, { port: 0 });
    try {
      const table = await loadMaster(kospi, { baseUrl: server.url });
      expect(table.find("삼성전자")?.mksc_shrn_iscd).toBe("005930");
    } finally {
      await server.close();
    }
  });

  it("the same file for the same seed and day, and another the day after", async () => {
    const closings = async (seed: number, time: number) => {
      const other = createSandbox({ seed, now: () => time });
      const prices: (number | undefined)[] = [];
      for await (const { stck_sdpr } of streamMaster(kospi, { fetch: other.fetch })) prices.push(stck_sdpr);
      return prices.join();
    };
    const first = await closings(1, now);
    expect(await closings(1, now)).toBe(first);
    expect(await closings(2, now)).not.toBe(first);
    expect(await closings(1, now + 86_400_000 * 3)).not.toBe(first);
  });
});
