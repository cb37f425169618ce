import {
  bond,
  elw,
  foCom,
  focode,
  foEurex,
  foIdx,
  frgn,
  idxcode,
  konex,
  kosdaq,
  kospi,
  loadMaster,
  type Master,
  type MasterFlaw,
  type MasterRow,
  member,
  nas,
  theme,
} from "kofin/kis/masters";
import { describe, expect, expectTypeOf, it } from "vitest";
import { cp949, joined, line, lines } from "./writer.js";

/** The rows of a file, which must have nothing wrong with them. */
async function rowsOf<Row extends object>(master: Master<Row>, bytes: Uint8Array): Promise<readonly MasterRow<Row>[]> {
  const flaws: MasterFlaw[] = [];
  const { rows } = await loadMaster(master, { bytes, onFlaw: (flaw) => flaws.push(flaw) });
  expect(flaws).toEqual([]);
  return rows;
}

/** A line of one of the stock files: what stands at the front, and the rest of its columns blank but for some at a place. */
function stock(bytes: number, name: string, ...set: (readonly [at: number, text: string])[]): Uint8Array {
  const head = line([9, "005930"], [12, "KR7005930003"], [40, name]);
  const tail = new Uint8Array(bytes - head.length).fill(0x20);
  for (const [at, text] of set) tail.set(cp949(text), at - head.length);
  return joined(head, tail);
}

describe("stocks", () => {
  it("한글 in the name does not move the columns behind it", async () => {
    const rows = await rowsOf(
      kospi,
      lines(
        stock(288, "LG", [61, "ST"], [102, "000072000"], [285, "NYY"]),
        stock(288, "가상인프라융자특별자산모투자신탁제일호증", [61, "BC"], [102, "000001000"], [285, "YNN"]),
      ),
    );
    expect(rows.map((row) => [row.hts_kor_isnm, row.scrt_grp_cls_code, row.stck_sdpr, row.stln_able_yn])).toEqual([
      ["LG", "ST", 72_000, true],
      ["가상인프라융자특별자산모투자신탁제일호증", "BC", 1_000, false],
    ]);
  });

  it("codes keep the zeros in front, and the letters", async () => {
    const beneficiary = joined(
      line([9, "F70100026"], [12, "KR5701000026"], [40, "가상수익증권"]),
      new Uint8Array(221).fill(0x30),
    );
    const { rows } = await loadMaster(kosdaq, {
      bytes: lines(stock(282, "가", [64, "0029"], [276, "0A1"]), beneficiary),
    });
    expect(rows.map((row) => [row.mksc_shrn_iscd, row.bstp_larg_div_code, row.grp_code])).toEqual([
      ["005930", "0029", "0A1"],
      ["F70100026", "0000", "000"],
    ]);
  });

  it("losses, points, dates that are none, and blanks come as they are", async () => {
    const [row] = await rowsOf(
      kospi,
      lines(
        stock(
          288,
          "가",
          [233, "-00012345"],
          [251, "-0120"],
          [256, "000012.34"],
          [265, "20260230"],
          [189, "000000778046685000000"],
        ),
      ),
    );
    expect(row).toMatchObject({ bsop_prfi: -12_345, thtr_ntin: -120, roe: 12.34, base_date: "20260230" });
    expect(row).toMatchObject({ cpfn: 778_046_685_000_000, po_prc: undefined, ssts_hot_yn: undefined, stac_month: "" });
  });

  it("a KONEX line that lost its spaces at the end is not moved", async () => {
    const whole = stock(245, "가상종목", [61, "ST"], [63, "000012300"]);
    const short = whole.subarray(0, 72);
    const flaws: MasterFlaw[] = [];
    const { rows } = await loadMaster(konex, { bytes: lines(whole, short), onFlaw: (flaw) => flaws.push(flaw) });
    expect(rows[1]).toEqual(rows[0]);
    expect(rows[1]).toMatchObject({
      scrt_grp_cls_code: "ST",
      stck_sdpr: 12_300,
      stln_able_yn: undefined,
      base_date: "",
    });
    expect(flaws).toEqual([{ kind: "short", line: 2, length: 72, expected: 245 }]);
  });
});

it("an ELW has two columns of 한글, and the issuer's is not blank", async () => {
  const bytes = line(
    ...([
      [9, "58J297"],
      [12, "KRA58J297005"],
      [40, "가상J297삼성전자콜"],
      [1, "0"],
      [13, "0"],
      [1, "N"],
    ] as const),
    ...([
      [9, "005930"],
      [9, ""],
      [9, ""],
      [9, ""],
      [9, ""],
      [40, "가상투자증권"],
      [5, "00901"],
      [9, "000072000"],
    ] as const),
    ...([
      [8, "20261210"],
      [4, "0090"],
      [1, "C"],
      [8, "20261214"],
      [9, "12"],
      [15, "8000"],
    ] as const),
    ...Array.from({ length: 10 }, (_, index) => [5, `0090${index}`] as const),
  );
  const [row] = await rowsOf(elw, lines(bytes));
  expect(row).toMatchObject({
    hts_kor_isnm: "가상J297삼성전자콜",
    unas_iscd1: "005930",
    unas_iscd5: "",
    elw_pblc_istu_name: "가상투자증권",
    acpr: 72_000,
    stck_last_tr_month: "20261210",
    rght_type_cls_code: "C",
    mrkt_prtt_no10: "00909",
  });
});

describe("bonds", () => {
  const short = line(
    [2, "C0"],
    [2, "GA"],
    [12, "KR103501GE97"],
    [40, "국고채권 가상호"],
    [2, "03"],
    [8, "20240610"],
    [8, "20240610"],
    [8, "20340610"],
  );
  const long = joined(short, line([8, "20240611"], [8, "3.5"], [8, "100"]));

  it("end after 82 bytes or after 106", async () => {
    expect([short.length, long.length]).toEqual([82, 106]);
    const rows = await rowsOf(bond, lines(short, long));
    expect(rows.map((row) => [row.sname, row.rdmp_date, row.sale_date, row.srfc_intrt, row.rdmt_rate])).toEqual([
      ["국고채권 가상호", "20340610", "", "", ""],
      ["국고채권 가상호", "20340610", "20240611", "3.5", "100"],
    ]);
  });

  it("with a blank redemption date are not moved either", async () => {
    const perpetual = joined(short.subarray(0, 74), cp949("        "));
    const [row] = await rowsOf(bond, lines(perpetual));
    expect(row).toMatchObject({ bond_int_cls_code: "03", pblc_date: "20240610", rdmp_date: "" });
  });
});

describe("members", () => {
  it("have a name of any width: the flag is the last byte of the line", async () => {
    const rows = await rowsOf(
      member,
      lines(
        line([5, "00901"], [20, "가상투자증권"], [1, "0"]),
        line([5, "00902"], [40, "가상투자증권"], [1, "1"]),
        cp949("00903가1"),
        cp949("009040"),
      ),
    );
    expect(rows).toEqual([
      { mbcr_no: "00901", mbcr_name: "가상투자증권", glob_yn: "0" },
      { mbcr_no: "00902", mbcr_name: "가상투자증권", glob_yn: "1" },
      { mbcr_no: "00903", mbcr_name: "가", glob_yn: "1" },
      { mbcr_no: "00904", mbcr_name: "", glob_yn: "0" },
    ]);
  });

  it("keep their flag when lines end in CR LF, or not at all", async () => {
    const rows = await rowsOf(member, cp949("00901가상증권0\r\n\r\n00951SANDBOX1"));
    expect(rows.map(({ mbcr_name, glob_yn }) => [mbcr_name, glob_yn])).toEqual([
      ["가상증권", "0"],
      ["SANDBOX", "1"],
    ]);
  });
});

describe("world markets", () => {
  it("half a character at the end of a name is left out, and does not eat the code behind it", async () => {
    const name = "가".repeat(19);
    const half = cp949("각").subarray(0, 1);
    // 39 bytes and the first byte of a character: together with the Q behind it that would be another character.
    const bytes = joined(
      line([1, "Q"], [10, "AAPL"], [39, "APPLE"]),
      joined(line([39, joined(cp949(name), cp949("A"))]), half),
      line([4, "QABC"], [1, "1"], [1, "1"], [1, "0"], [4, "NAS"], [3, "840"]),
    );
    expect(bytes).toHaveLength(104);
    const [row] = await rowsOf(frgn, lines(bytes));
    expect(row).toMatchObject({
      hts_kor_isnm: `${name}A`,
      bstp_cls_code: "QABC",
      dow_30_yn: "1",
      ntnl_cls_code: "840",
    });
  });

  it("한글 in the English column does not move the Korean one", async () => {
    const bytes = joined(
      line([1, "X"], [10, "FX@KRW"], [39, "미국 달러"], [40, "원/달러"]),
      line([4, ""], [3, "000"], [4, ""], [3, "410"]),
    );
    const [row] = await rowsOf(frgn, lines(bytes));
    expect(row).toMatchObject({
      cls_code: "X",
      hts_eng_isnm: "미국 달러",
      hts_kor_isnm: "원/달러",
      ntnl_cls_code: "410",
    });
  });
});

describe("futures and options", () => {
  it("with a | in between: leading zeros stay, a blank is a space", async () => {
    const [row] = await rowsOf(foIdx, lines("1|101W12|KR4101W12001|코스피200 F 202612| |00000.00|1|0503|KOSPI200"));
    expect(row).toMatchObject({
      shrn_iscd: "101W12",
      atm_cls_code: "",
      acpr: 0,
      mmsc_cls_code: "1",
      unas_shrn_iscd: "0503",
    });
  });

  it("commodities: the strike is read whether the ATM column is blank or not, and behind a long name", async () => {
    const row = (atm: string, name: string) =>
      line(
        [1, "2"],
        [1, "5"],
        [9, "175W12"],
        [12, "KR4175W12001"],
        [40, name],
        [1, atm],
        [8, "01350.00"],
        [1, "0"],
        [3, "USD"],
        [40, "미국달러"],
      );
    const rows = await rowsOf(
      foCom,
      lines(row("", "미국달러 선물"), row("3", "미국달러옵션아주긴이름콜이천이십육년월물")),
    );
    expect(rows.map((each) => [each.atm_cls_code, each.acpr, each.prod_no, each.prod_name])).toEqual([
      ["", 1350, "USD", "미국달러"],
      ["3", 1350, "USD", "미국달러"],
    ]);
  });

  it("at night: a weekly option on the KOSDAQ 150 has more than three syllables", async () => {
    const bytes = line(
      [1, "P"],
      [9, "3AFW12360"],
      [12, "KR43AFW12360"],
      [40, "코스닥150위클리 C 202612W1 1,350.0"],
      [1, "2"],
      [8, "01350.00"],
      [1, ""],
      [9, "3003"],
      [40, "KSQ150"],
    );
    expect(bytes).toHaveLength(121);
    const [row] = await rowsOf(foEurex, lines(bytes));
    expect(row).toMatchObject({
      info_type: "P",
      atm_cls_code: "2",
      acpr: 1350,
      unas_shrn_iscd: "3003",
      unas_kor_name: "KSQ150",
    });
  });

  it("overseas options have no known address, and are read from their bytes", async () => {
    expect(focode.path).toBeUndefined();
    const head = line(
      [32, "OESZ26 C6000"],
      [3, "YNN"],
      [2, "51"],
      [45, ""],
      [50, "가상지수옵션"],
      [10, "CME"],
      [10, "OES"],
      [3, "1"],
    );
    const middle = line(
      [5, "-0002"],
      [5, "-0002"],
      [14, "0.25"],
      [14, "12.5"],
      [10, "50"],
      [4, "10"],
      [10, "1"],
      [1, "C"],
      [20, "6000.00"],
    );
    const tail = line(
      [10, "ES"],
      [32, "ESZ26"],
      [32, "S&P500"],
      [19, "0"],
      [5, "1"],
      [6, "202612"],
      [1, "A"],
      [1, "1"],
    );
    const [row] = await rowsOf(focode, lines(joined(head, middle, tail)));
    expect(row).toMatchObject({
      sExchSubCd: "51",
      sCalcDesz: -2,
      sSymbol: "C",
      sStkPrc: 6000,
      sYearMon: "202612",
      sAtmFlg: "A",
      sNearFlg: "1",
    });
  });
});

it("a sector's name begins behind its code", async () => {
  const rows = await rowsOf(
    idxcode,
    lines(line([1, "0"], [4, "0001"], [40, "종합"]), line([1, "2"], [4, "2001"], [40, "KOSPI200"])),
  );
  expect(rows).toEqual([
    { idx_div: "0", idx_code: "0001", idx_name: "종합" },
    { idx_div: "2", idx_code: "2001", idx_name: "KOSPI200" },
  ]);
});

it("a theme's last line is right without an end", async () => {
  const bytes = joined(
    lines(line([3, "001"], [40, "반도체"], [6, "005930"], [3, ""])),
    line([3, "002"], [40, "2차전지"], [6, "373220"], [3, ""]),
  );
  const rows = await rowsOf(theme, bytes);
  expect(rows.map(({ theme_name, shrn_iscd }) => [theme_name, shrn_iscd])).toEqual([
    ["반도체", "005930"],
    ["2차전지", "373220"],
  ]);
});

it("the first line of an overseas market is a stock, and symbols that look like numbers are text", async () => {
  const row = (symbol: string, name: string) =>
    [
      "US",
      "22",
      "NAS",
      "나스닥",
      symbol,
      `NAS${symbol}`,
      name,
      "ENGLISH NAME",
      "2",
      "USD",
      "2",
      "",
      "190.1200",
      "1",
      "1",
      "930",
      "1600",
      "N",
      "",
      "0110",
      "0",
      "1",
      "000",
      "   ",
    ].join("\t");
  const rows = await rowsOf(nas, lines(row("AAPL", "애플"), row("00700", "똠양쿵 홀딩스")));
  expect(
    rows.map(({ symb, knam, base, mstm, isdr, ztyp, etyp, ttyp_sb }) => [
      symb,
      knam,
      base,
      mstm,
      isdr,
      ztyp,
      etyp,
      ttyp_sb,
    ]),
  ).toEqual([
    ["AAPL", "애플", 190.12, "930", false, "", "000", ""],
    ["00700", "똠양쿵 홀딩스", 190.12, "930", false, "", "000", ""],
  ]);
});

it("rows are typed: text, number or blank, flag or blank, known codes and any other", async () => {
  type Row = Awaited<ReturnType<typeof loadMaster<typeof kospi extends Master<infer R> ? R : never>>>["rows"][number];
  expectTypeOf<Row["stck_sdpr"]>().toEqualTypeOf<number | undefined>();
  expectTypeOf<Row["trht_yn"]>().toEqualTypeOf<boolean | undefined>();
  expectTypeOf<Row["stck_lstn_date"]>().toEqualTypeOf<string>();
  expectTypeOf<string>().toExtend<Row["scrt_grp_cls_code"]>();
  expectTypeOf<Row["extra"]>().toEqualTypeOf<string | undefined>();
  expectTypeOf<Row>().not.toHaveProperty("hts_kor_name");
});
