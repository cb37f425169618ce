import { idxcode, kospi, loadMaster, type Master, masters, nas, theme } from "kofin/kis/masters";
import { describe, expect, it } from "vitest";
import { cp949, joined, line, lines } from "./writer.js";

const stock = (code: string, name: string) =>
  joined(line([9, code], [12, ""], [40, name]), new Uint8Array(227).fill(0x20));
const stocks = lines(
  stock("005930", "삼성전자"),
  stock("005935", "삼성전자우"),
  stock("0001A0", "KODEX 200"),
  stock("000660", "SK하이닉스"),
);
const namesIn = (rows: readonly { hts_kor_isnm: string }[]) => rows.map(({ hts_kor_isnm }) => hts_kor_isnm);

describe("looking up", () => {
  it("by code", async () => {
    const table = await loadMaster(kospi, { bytes: stocks });
    expect(table.get("005930")?.hts_kor_isnm).toBe("삼성전자");
    expect(table.get("5930")).toBeUndefined();
    expect(table.get("")).toBeUndefined();
    expect(table.get("constructor")).toBeUndefined();
  });

  it("by the whole Korean name, however it was typed", async () => {
    const table = await loadMaster(kospi, { bytes: stocks });
    expect(table.find("삼성전자")?.mksc_shrn_iscd).toBe("005930");
    expect(table.find(" 삼성전자 ".normalize("NFD"))?.mksc_shrn_iscd).toBe("005930");
    expect(table.find("삼성")).toBeUndefined();
    expect(table.find("kodex 200")).toBeUndefined();
  });

  it("by a part of name or code, in any case, in the order of the file", async () => {
    const table = await loadMaster(kospi, { bytes: stocks });
    expect(namesIn(table.search("삼성"))).toEqual(["삼성전자", "삼성전자우"]);
    expect(namesIn(table.search("성전".normalize("NFD")))).toEqual(["삼성전자", "삼성전자우"]);
    expect(namesIn(table.search("kodex"))).toEqual(["KODEX 200"]);
    expect(namesIn(table.search("sk하"))).toEqual(["SK하이닉스"]);
    expect(namesIn(table.search("0593"))).toEqual(["삼성전자", "삼성전자우"]);
    expect(namesIn(table.search("1a0"))).toEqual(["KODEX 200"]);
    expect([table.search(""), table.search("  "), table.search("없는 종목")]).toEqual([[], [], []]);
  });

  it("a code that stands more than once: the first, or all", async () => {
    const pair = (code: string, name: string, of: string) => line([3, code], [40, name], [6, of], [3, ""]);
    const bytes = lines(
      pair("001", "반도체", "005930"),
      pair("002", "은행", "105560"),
      pair("001", "반도체", "000660"),
    );
    const table = await loadMaster(theme, { bytes });
    expect(table.get("001")?.shrn_iscd).toBe("005930");
    expect(table.getAll("001").map(({ shrn_iscd }) => shrn_iscd)).toEqual(["005930", "000660"]);
    expect(table.getAll("003")).toEqual([]);
    expect(table.find("은행")?.shrn_iscd).toBe("105560");
    expect(table.search("반도체")).toHaveLength(2);
  });

  it("by whatever the layout says", async () => {
    const apple = [
      "US",
      "22",
      "NAS",
      "나스닥",
      "AAPL",
      "NASAAPL",
      "애플",
      "APPLE INC",
      ...Array.from({ length: 16 }, () => ""),
    ];
    const market = await loadMaster(nas, { bytes: lines(apple.join("\t")) });
    expect([market.get("AAPL")?.enam, market.find("애플")?.symb, market.search("apple")]).toEqual([
      "APPLE INC",
      "AAPL",
      [],
    ]);
    const sectors = await loadMaster(idxcode, { bytes: cp949(`00001${"종합".padEnd(40)}`) });
    expect(sectors.get("0001")?.idx_name).toBe("종합");
  });
});

it("every layout names columns that its rows have, with text in them", () => {
  const blank = { length: 400, text: () => "text", number: () => 1, yn: () => true };
  for (const { layout } of Object.values<Master<object>>(masters)) {
    const row = (layout.read as unknown as (line: typeof blank) => Record<string, unknown>)(blank);
    expect([row[layout.code], row[layout.name]]).toEqual(["text", "text"]);
  }
});
