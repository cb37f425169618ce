/**
 * What a call over the platform's `fetch` costs beyond what anybody would write by hand, in CPU of this process: what a busy server
 * pays for. Once against a bare `fetch`, which is told only, and once against the same with what no call to a bank should go without:
 * a deadline, and no redirect that takes secrets elsewhere.
 */
import type { ComparedCall } from "./calls/call.js";
import { codefCall } from "./calls/codef.js";
import { kisCall } from "./calls/kis.js";
import { openBankingCall } from "./calls/openbanking.js";
import { withServer } from "./local-server.js";
import { timesTheCpu } from "./pace.js";
import { type Row, row } from "./row.js";

const TIMEOUT_MS = 60_000;

export async function overFetch(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const call of [codefCall, kisCall, openBankingCall]) {
    const name = `${call.name}: CPU of a call over fetch, against`;
    rows.push(row({ name: `${name} a bare fetch by hand`, unit: "x" }, await ratioOf(call, (byHand) => byHand())));
    rows.push(
      row(
        { name: `${name} fetch by hand with deadline, no redirects`, unit: "x", most: 1.1 },
        await ratioOf(call, alike),
      ),
    );
  }
  return rows;
}

type ByHand = ReturnType<ComparedCall["byHand"]>;

function ratioOf(call: ComparedCall, hand: (byHand: ByHand) => Promise<unknown>): Promise<number> {
  return withServer((origin) => {
    const byHand = call.byHand(origin);
    return timesTheCpu(call.byKofin(origin, { unlimited: true }), () => hand(byHand));
  });
}

/** The time of the body counts, too. */
async function alike(byHand: ByHand): Promise<unknown> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), TIMEOUT_MS);
  try {
    return await byHand({ signal: controller.signal, redirect: "manual" });
  } finally {
    clearTimeout(timer);
  }
}
