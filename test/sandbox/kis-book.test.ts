import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Book } from "../../sandbox/exchange/book/book.js";
import { type BookEvent, isOpen, remaining, type Side, type Ticket } from "../../sandbox/exchange/book/order.js";
import { OrderError } from "../../sandbox/exchange/book/order-error.js";
import { futures, type Instrument, stock } from "../../sandbox/exchange/market/instrument.js";
import { Market } from "../../sandbox/exchange/market/market.js";
import { EnvironmentState } from "../../sandbox/kis/environment-state.js";
import { MARGIN } from "../../sandbox/kis/trading/futures.js";
import { PAID } from "../../sandbox/kis/trading/orders.js";
import { identifiers } from "../../sandbox/shared/random.js";
import { NOW } from "./kis-client.js";

function instrument(found: Instrument | undefined): Instrument {
  if (!found) throw new Error("No such instrument");
  return found;
}

const SAMSUNG = instrument(stock("005930"));
const FUTURES = instrument(futures("101W12"));
const CASH = 10_000_000;

function bookAt(price: number, what = SAMSUNG) {
  const market = new Market(1, () => NOW);
  market.pin(what, price);
  const events: BookEvent[] = [];
  let number = 0;
  const book = new Book(
    "12345678-01",
    market,
    () => ++number,
    (event) => events.push(event),
  );
  book.money.add("KRW", CASH, NOW, 0);
  const ticket = (side: Side, quantity: number, changes: Partial<Ticket> = {}): Ticket => ({
    ...{ side, instrument: what, quantity, terms: what.kind === "stock" ? PAID : MARGIN, said: {} },
    ...changes,
  });
  return { book, market, events, ticket };
}

describe("events", () => {
  test("tell of every order, change and fill, in the order they happen", () => {
    const { book, market, events, ticket } = bookAt(70_000);
    const order = book.place(ticket("buy", 5, { price: 69_000 }));
    const changed = book.modify(order, { quantity: undefined, price: 69_500, immediate: false, said: {} });
    book.fill(changed, 2);
    book.cancel(changed, 1);
    market.pin(SAMSUNG, 69_000);
    book.traded(SAMSUNG, 69_000);
    book.place(ticket("buy", 1, { price: 60_000, immediate: true }));
    expect(events.map(({ type, order: { number } }) => [type, Number(number)])).toEqual([
      ["accepted", 1],
      ["modified", 2],
      ["filled", 2],
      ["cancelled", 3],
      ["filled", 2],
      ["accepted", 4],
      ["lapsed", 4],
    ]);
    const fills = events.flatMap((event) => (event.type === "filled" ? [event.fill] : []));
    expect(fills).toMatchObject([
      { quantity: 2, price: 69_500, amount: 139_000 },
      { quantity: 2, price: 69_000 },
    ]);
  });

  test("of a whole environment are heard until one stops listening", () => {
    const market = new Market(1, () => NOW);
    const ids = identifiers(1);
    const wallets = [
      { account: "1-01", cash: { KRW: CASH } },
      { account: "1-02", cash: { KRW: CASH } },
    ];
    const state = new EnvironmentState({
      environment: "real",
      apps: new Map(),
      wallets,
      market,
      clock: () => NOW,
      ids: () => ids,
      limits: {},
      tokenGapMs: 0,
    });
    const heard: string[] = [];
    const stop = state.listen(({ type, account }) => heard.push(`${account} ${type}`));
    const { ticket } = bookAt(70_000);
    for (const account of state.accounts) account.book.place(ticket("buy", 1));
    stop();
    state.account("1-01")?.book.place(ticket("buy", 1));
    expect(heard).toEqual(["1-01 accepted", "1-01 filled", "1-02 accepted", "1-02 filled"]);
    expect(state.account("1", "02")?.book.orders[0]?.number).toBe("0000000002");
  });
});

/** What a test does to a book, at random. */
type Deed =
  | { do: "place"; side: Side; quantity: number; price: number | undefined }
  | { do: "modify" | "cancel" | "fill"; which: number; quantity: number | undefined; price: number }
  | { do: "price"; price: number };

const price = fc.integer({ min: 600, max: 800 }).map((hundreds) => hundreds * 100);
const quantity = fc.integer({ min: 1, max: 60 });
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({
    do: fc.constant("place" as const),
    side: fc.constantFrom("buy" as const, "sell" as const),
    quantity,
    price: fc.option(price, { nil: undefined }),
  }),
  fc.record({
    do: fc.constantFrom("modify" as const, "cancel" as const, "fill" as const),
    which: fc.nat(20),
    quantity: fc.option(quantity, { nil: undefined }),
    price,
  }),
  fc.record({ do: fc.constant("price" as const), price }),
);

function apply(given: Deed, { book, market, ticket }: ReturnType<typeof bookAt>, what: Instrument): void {
  if (given.do === "price") {
    market.pin(what, given.price);
    book.traded(what, given.price);
    return;
  }
  try {
    if (given.do === "place") {
      book.place(ticket(given.side, given.quantity, given.price === undefined ? {} : { price: given.price }));
      return;
    }
    const order = book.orders[given.which % Math.max(1, book.orders.length)];
    if (!order) return;
    if (given.do === "modify")
      book.modify(order, { quantity: given.quantity, price: given.price, immediate: false, said: {} });
    else if (given.do === "cancel") book.cancel(order, given.quantity);
    else if (isOpen(order)) book.fill(order, Math.min(given.quantity ?? 1, remaining(order)));
  } catch (error) {
    if (!(error instanceof OrderError)) throw error;
  }
}

describe("whatever is done to it", () => {
  test("a book of stocks keeps its money and its shares", () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
        const all = bookAt(70_000);
        const { book } = all;
        for (const given of deeds) {
          apply(given, all, SAMSUNG);
          const bought = book.fills.filter(({ order }) => order.side === "buy");
          const sold = book.fills.filter(({ order }) => order.side === "sell");
          const total = (fills: typeof bought, pick: (fill: (typeof bought)[number]) => number) =>
            fills.reduce((sum, fill) => sum + pick(fill), 0);
          const held = book.positions[0]?.quantity ?? 0;
          expect(held).toBe(total(bought, (fill) => fill.quantity) - total(sold, (fill) => fill.quantity));
          expect(held).toBeGreaterThanOrEqual(0);
          expect(book.money.total("KRW")).toBe(
            CASH - total(bought, ({ amount }) => amount) + total(sold, ({ amount }) => amount),
          );
          expect(book.available("KRW")).toBeGreaterThanOrEqual(0);
          // What was paid in is either cost that is still there, or has come back with its profit.
          expect(book.positions[0]?.cost ?? 0).toBe(
            total(bought, ({ amount }) => amount) - total(sold, ({ cost }) => cost),
          );
          for (const order of book.orders) {
            expect(remaining(order)).toBeGreaterThanOrEqual(0);
            if (order.kind !== "cancel")
              expect(order.filled + order.cancelled + order.modified + order.lapsed + remaining(order)).toBe(
                order.quantity,
              );
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  test("a book of futures pays exactly what its trades won and lost", () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 30 }), (deeds) => {
        const all = bookAt(360, FUTURES);
        const { book, market } = all;
        book.money.add("KRW", 100_000_000_000, NOW, 0);
        const start = book.money.total("KRW");
        const points = (given: Deed): Deed =>
          "price" in given && given.price !== undefined ? { ...given, price: given.price / 200 } : given;
        for (const given of deeds) apply(points(given), all, FUTURES);
        const flow = book.fills.reduce((sum, { order, amount }) => sum + (order.side === "sell" ? amount : -amount), 0);
        const held = book.positions[0]?.quantity ?? 0;
        const worth = held * market.price(FUTURES) * FUTURES.unit;
        const open = (book.positions[0]?.cost ?? 0) * Math.sign(held);
        expect(book.money.total("KRW") - start + (worth - open)).toBeCloseTo(flow + worth, 0);
      }),
      { numRuns: 100 },
    );
  });
});
