/** The board of live quotes as lines of text: nothing here knows where they come from. */
import type { DomesticOrderBook, DomesticTrade, IndexTrade } from "kofin/kis/realtime";
import { amount } from "./print.js";

/** A stock or an index, as far as anything has come of it. */
export interface Quote {
  name: string;
  trade?: DomesticTrade | undefined;
  book?: DomesticOrderBook | undefined;
  index?: IndexTrade | undefined;
}

const HEADINGS = ["종목", "현재가", "대비", "등락률", "매도호가", "매수호가", "거래량", "시각"] as const;
/** Of a terminal that is 83 wide. */
const WIDTHS = [15, 10, 9, 8, 10, 10, 12, 9] as const;

/** @param coloured whether the terminal shows colours: red for up and blue for down, as in Korea */
export function board(quotes: readonly Quote[], coloured: boolean): string[] {
  const heading = HEADINGS.map((text, column) => padded(text, column)).join("");
  return [coloured ? bold(heading) : heading, ...quotes.map((quote) => line(quote, coloured))];
}

function line(quote: Quote, coloured: boolean): string {
  const { cells, sign } = quote.index ? indexCells(quote.index) : tradeCells(quote);
  const text = [quote.name, ...cells].map((cell, column) => padded(cell, column)).join("");
  if (!coloured) return text;
  return sign === "1" || sign === "2" ? red(text) : sign === "4" || sign === "5" ? blue(text) : text;
}

function tradeCells({ trade, book }: Quote): { cells: string[]; sign: string } {
  const cells = [
    trade ? amount(trade.STCK_PRPR) : "-",
    trade ? amount(trade.PRDY_VRSS) : "",
    trade ? `${trade.PRDY_CTRT}%` : "",
    book ? amount(book.ASKP1) : "",
    book ? amount(book.BIDP1) : "",
    trade ? amount(trade.ACML_VOL) : "",
    clock(trade?.STCK_CNTG_HOUR ?? book?.BSOP_HOUR ?? ""),
  ];
  return { cells, sign: trade?.PRDY_VRSS_SIGN ?? "3" };
}

function indexCells(index: IndexTrade): { cells: string[]; sign: string } {
  const { PRPR_NMIX, BSTP_NMIX_PRDY_VRSS, PRDY_CTRT, ACML_VOL, BSOP_HOUR } = index;
  const cells = [PRPR_NMIX, BSTP_NMIX_PRDY_VRSS, `${PRDY_CTRT}%`, "", "", amount(ACML_VOL), clock(BSOP_HOUR)];
  return { cells, sign: index.PRDY_VRSS_SIGN };
}

function clock(time: string): string {
  return time.replace(/(..)(..)(..)/, "$1:$2:$3");
}

/** Names to the left, everything else to the right. */
function padded(text: string, column: number): string {
  const width = WIDTHS[column] ?? 0;
  const cut = fitting(text, width - 1);
  const space = " ".repeat(width - columnsOf(cut));
  return column === 0 ? cut + space : space + cut;
}

function fitting(text: string, columns: number): string {
  let cut = text;
  while (columnsOf(cut) > columns) cut = cut.slice(0, -1);
  return cut;
}

/** Korean letters take up two columns of a terminal. */
export function columnsOf(text: string): number {
  return [...text].reduce(
    (sum, letter) => sum + (/[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3\uff01-\uff60]/.test(letter) ? 2 : 1),
    0,
  );
}

const bold = (text: string) => `\x1b[1m${text}\x1b[0m`;
const red = (text: string) => `\x1b[31m${text}\x1b[0m`;
const blue = (text: string) => `\x1b[34m${text}\x1b[0m`;
