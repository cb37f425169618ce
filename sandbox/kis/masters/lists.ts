import { index } from "../../exchange/market/instrument.js";
import { STOCKS } from "../../exchange/market/names.js";
import { present } from "./domestic.js";
import type { Row } from "./record.js";

const SECTORS = ["0001", "0002", "0003", "0005", "0013", "1001", "1002", "2001"];

export function sectorRows(): Row[] {
  return present(SECTORS, index).map(({ code, name }) => ({ idx_div: code.charAt(0), idx_code: code, idx_name: name }));
}

const THEMES: Readonly<Record<string, readonly [name: string, ...codes: string[]]>> = {
  "001": ["반도체", "005930", "000660", "009150"],
  "002": ["2차전지", "373220", "006400", "247540"],
  "003": ["자동차", "005380", "000270", "012330"],
  "004": ["은행", "105560", "055550", "086790"],
};

export function themeRows(): Row[] {
  return Object.entries(THEMES).flatMap(([theme, [name, ...codes]]) =>
    codes
      .filter((code) => Object.hasOwn(STOCKS, code))
      .map((code) => ({ theme_code: theme, theme_name: name, shrn_iscd: code, filler: "" })),
  );
}

const MEMBERS: readonly (readonly [code: string, name: string, isForeign: boolean])[] = [
  ["00901", "가상투자증권", false],
  ["00902", "모래상자증권", false],
  ["00903", "한글이름열자인증권사", false],
  ["00951", "SANDBOX SECURITIES", true],
];

export function memberRows(): Row[] {
  return MEMBERS.map(([code, name, isForeign]) => ({ mbcr_no: code, mbcr_name: name, glob_yn: isForeign ? "1" : "0" }));
}
