import { isRecord, type Json } from "../../paths.js";
import { type RecordCodec, unrepeated } from "../../realtime/registration.js";
import type { Values } from "./feed.js";
import { codecOf } from "./record.js";

/** A stock that a condition finds from now on, or does not find any more. */
export interface ConditionRecord {
  /** 조건검색식 일련번호 (841) */
  seq: string;
  /** 종목코드 (9001). There may be a letter in front. */
  code: string;
  /** 삽입삭제 구분 (843): `I` found, `D` not any more */
  kind: "I" | "D" | (string & {});
  /** 체결시간 (20) · hhmmss. Blank when it is not known since when. */
  time: string;
  /** 매도/수 구분 (907) */
  side: string;
}

/** The same of a US stock. */
export interface UsConditionRecord extends ConditionRecord {
  /** 거래소구분. Blank when it is not said. */
  stex_tp: string;
}

const domestic = /* @__PURE__ */ codecOf({ read: readRecord });
const us = /* @__PURE__ */ codecOf({ read: readUsRecord });

/** Reads the records of one condition, and knows what it finds: whoever joins later is told, and nobody has to guess after a gap. */
export class ConditionCodec implements RecordCodec<Json> {
  readonly repeats = unrepeated.repeats;
  readonly trace = unrepeated.trace;
  readonly text = unrepeated.text;
  readonly #records: RecordCodec<Json>;
  /** What came last of each stock that it finds, by the code without a letter. */
  readonly #found = new Map<string, Json>();

  constructor(isUs: boolean) {
    this.#records = isUs ? us : domestic;
  }

  read(values: Json): object {
    const code = bare(values["9001"]);
    if (values["843"] === "D") this.#found.delete(code);
    else this.#found.set(code, values);
    return this.#records.read(values, 0);
  }

  *present(): Generator<object> {
    for (const values of this.#found.values()) yield this.#records.read({ ...values, "20": "" }, 0);
  }

  /** What makes what is known into what is listed. */
  changes(seq: string, rows: readonly unknown[]): Json[] {
    const listed = rows.filter(isRecord).map((row) => ({ code: row.jmcode, exchange: row.stex_tp ?? row.stexTp }));
    const codes = new Set(listed.map(({ code }) => bare(code)));
    const gone = [...this.#found].flatMap(([code, values]) => (codes.has(code) ? [] : [{ ...values, ...left }]));
    const come = listed.flatMap(({ code, exchange }) => {
      const values = {
        ...found,
        "841": seq,
        "9001": String(code),
        ...(exchange !== undefined && { stex_tp: exchange }),
      };
      return this.#found.has(bare(code)) ? [] : [values];
    });
    return [...gone, ...come];
  }
}

const found = { "843": "I", "20": "", "907": "" };
const left = { ...found, "843": "D" };

/** `A005930` and `005930` are the same stock. Tickers of the US are shorter. */
function bare(code: unknown): string {
  return String(code ?? "")
    .trim()
    .replace(/^[AJQ](?=[0-9A-Z]{6}$)/, "");
}

function readRecord(values: Values): ConditionRecord {
  return {
    seq: (values["841"] ?? "").trim(),
    code: (values["9001"] ?? "").trim(),
    kind: values["843"] ?? "",
    time: values["20"] ?? "",
    side: values["907"] ?? "",
  };
}

function readUsRecord(values: Values): UsConditionRecord {
  return { ...readRecord(values), stex_tp: values.stex_tp ?? "" };
}
