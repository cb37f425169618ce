import type { Schema } from "../../generator/model.js";
import { isRecord, type Json } from "../shared/json.js";
import { between } from "../shared/random.js";
import type { Finish } from "../shared/synthesize.js";
import type { SynthesisContext } from "../shared/values.js";

/**
 * Makes lists of transactions add up: each row's balance is the one before it plus what came in, less what went out, and the
 * account around the list has the balance of its newest row.
 * @param newestFirst CODEF's default order.
 */
export function balances(making: SynthesisContext, newestFirst: boolean): Finish {
  return {
    rows(rows, schema) {
      if (carriesBalance(schema)) runBalance(rows, making);
      if (newestFirst && Object.keys(schema.properties ?? {}).some(making.dated)) rows.reverse();
    },
    object(object) {
      const newest = newestRow(object, newestFirst);
      if (!newest) return;
      for (const field of ["resAccountBalance", "resWithdrawalAmt"]) {
        if (field in object) object[field] = newest.resAfterTranBalance;
      }
      if ("resLastTranDate" in object && newest.resAccountTrDate) object.resLastTranDate = newest.resAccountTrDate;
    },
  };
}

function carriesBalance({ properties = {} }: Schema): boolean {
  return "resAccountIn" in properties && "resAccountOut" in properties && "resAfterTranBalance" in properties;
}

function runBalance(rows: Json[], { next }: SynthesisContext): void {
  let balance = between(next, 100, 900) * 10_000;
  rows.forEach((row, index) => {
    const amount = between(next, 1, 90) * 1_000;
    const into = index % 2 === 0;
    balance += into ? amount : -amount;
    row.resAccountIn = into ? String(amount) : "0";
    row.resAccountOut = into ? "0" : String(amount);
    row.resAfterTranBalance = String(balance);
  });
}

function newestRow(object: Json, newestFirst: boolean): Json | undefined {
  for (const value of Object.values(object)) {
    if (!Array.isArray(value)) continue;
    const row: unknown = newestFirst ? value[0] : value.at(-1);
    if (isRecord(row) && "resAfterTranBalance" in row && "resAccountIn" in row) return row;
  }
  return undefined;
}
