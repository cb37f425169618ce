import { expect, it } from "vitest";
import { count } from "./ledger/flaky-network.js";
import { type Condition, OPEN_CONDITIONS, somePayments } from "./ledger/payments.js";
import { Reconciliation } from "./ledger/reconciliation.js";
import { createSimulatedBank } from "./ledger/simulated-bank.js";

const SEED = 20261120;
const TRANSFERS = 10_000;
/** So many payments are under way at a time. */
const LANES = 8;

/** Ten in the evening of Seoul: midnight comes while it lasts. */
const START = Date.UTC(2026, 10, 20, 13);

/** What the transfers have to get through, and how often at least: six thousand of the 13,800 requests they take meet something. */
const INJECTED: Record<Exclude<Condition & string, "fair">, number> = {
  unreachable: 350,
  lost: 350,
  late: 350,
  "silent, arrived": 150,
  "silent, lost": 150,
  closed: 350,
  "token refused": 350,
  "crash before sending": 350,
  "crash after sending": 350,
  "crash after sending, lost": 350,
  ...Object.fromEntries(OPEN_CONDITIONS.map((name) => [name, 50])),
};

/** What a client sees of it when nobody knows what happened. A0326 is said of a bank_tran_id that was sent twice. */
const SEEN = [
  ...["NETWORK", "TIMEOUT", "HTTP_500", "HTTP_503", "A0001", "A0003", "A0007", "A0017", "A0326"],
  ...["bank 400", "bank 803", "bank 804", "bank 819", "bank 822"],
];

it(`the books of a client are the banks' after ${TRANSFERS} transfers over a flaky network, and none happened twice`, async () => {
  const bank = await createSimulatedBank(START);
  const { center, network } = bank;
  const opening = center.ledger();
  const books = new Reconciliation(bank);
  const queue = somePayments(TRANSFERS, bank.accounts.length, SEED).values();
  await Promise.all(
    Array.from({ length: LANES }, async () => {
      for (const payment of queue) await books.pay(payment);
    }),
  );
  const { accounts, transfers, total } = center.ledger();

  expect(Object.fromEntries(books.balances)).toEqual(
    Object.fromEntries(accounts.map(({ accountNum, balance }) => [accountNum, balance])),
  );
  expect(total).toBe(opening.total);

  // Each payment was made under the one bank_tran_id that the books say, or its bank has refused it and it was not made at all.
  const memos = new Map([...books.journal].flatMap(([memo, list]) => list.map(({ bankTranId }) => [bankTranId, memo])));
  const made = transfers.filter(({ outcome }) => outcome === "000").map(({ bankTranId }) => bankTranId);
  expect(made.map((id) => `${memos.get(id)}: ${id}`).sort()).toEqual(
    [...books.paid].map(([memo, id]) => `${memo}: ${id}`).sort(),
  );
  expect(books.paid.size + books.refused.size).toBe(TRANSFERS);
  expect([...books.refused].filter((memo) => books.paid.has(memo))).toEqual([]);

  // Nothing left that had not been written down, and nothing left twice by itself but what came with a refused token.
  const announced = countsOf([...books.journal.values()].flat().map(({ bankTranId }) => bankTranId));
  const unannounced = [...countsOf(network.sent)].filter(([id, times]) => times > (announced.get(id) ?? 0));
  expect(unannounced).toEqual([]);
  expect(network.sent.length).toBeLessThanOrEqual(books.attempts + (network.met.get("token refused") ?? 0));

  for (const [name, times] of Object.entries(INJECTED)) {
    expect(network.met.get(name) ?? 0, `times of: ${name}`).toBeGreaterThanOrEqual(times);
  }
  expect([...books.unknown.keys()].sort()).toEqual([...SEEN].sort());
  expect([...books.settled.keys()].sort()).toEqual(["done", "not-done", "unknown"]);
  expect(books.attemptsAgain).toBeGreaterThan(400);
  expect(network.spoilt).toBeGreaterThan(1_000);
  expect(books.refused.size).toBeGreaterThan(10);
  expect([...new Set(transfers.map(({ date }) => date))]).toEqual(["20261120", "20261121"]);
}, 300_000);

function countsOf(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) count(counts, name);
  return counts;
}
