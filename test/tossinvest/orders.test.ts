import { InvalidInputError, OutcomeUnknownError, ProviderError } from "kofin";
import { getAccounts } from "kofin/tossinvest/account";
import { getHoldings } from "kofin/tossinvest/asset";
import {
  cancelConditionalOrder,
  createConditionalOrder,
  modifyConditionalOrder,
} from "kofin/tossinvest/conditional-order";
import { getConditionalOrder, getConditionalOrders } from "kofin/tossinvest/conditional-order-history";
import { cancelOrder, createOrder, modifyOrder } from "kofin/tossinvest/order";
import { getOrder, getOrders, getOrdersPages } from "kofin/tossinvest/order-history";
import { getBuyingPower, getSellableQuantity } from "kofin/tossinvest/order-info";
import { describe, expect, test } from "vitest";
import { connect, open, thrown, WAITING } from "./setup.js";

describe("an order", () => {
  test("waits, is modified under a new id, is filled, and shows in the holdings", async () => {
    const { sandbox, toss } = open();
    const { client } = connect(sandbox);
    const { data: placed } = await createOrder(client, { ...WAITING, clientOrderId: "first-1" });
    expect(placed.clientOrderId).toBe("first-1");
    expect((await getOrder(client, { orderId: placed.orderId })).data).toMatchObject({
      symbol: "005930",
      status: "PENDING",
      price: "50000",
      quantity: "10",
      execution: { filledQuantity: "0", averageFilledPrice: null },
    });
    const { data: modified } = await modifyOrder(client, {
      orderId: placed.orderId,
      orderType: "LIMIT",
      price: 51_000,
      quantity: 4n,
    });
    expect(modified.orderId).not.toBe(placed.orderId);
    toss.setPrice("005930", 51_000);
    expect((await getOrder(client, { orderId: modified.orderId })).data).toMatchObject({
      status: "FILLED",
      execution: { filledQuantity: "4", averageFilledPrice: "51000", filledAmount: "204000" },
    });
    const { data: holdings } = await getHoldings(client, { symbol: "005930" });
    expect(holdings.items).toMatchObject([{ symbol: "005930", quantity: "104", lastPrice: "51000" }]);
    expect((await getSellableQuantity(client, { symbol: "005930" })).data.sellableQuantity).toBe("104");
  });

  test("that is left open is cancelled, and cannot be cancelled twice", async () => {
    const { sandbox } = open();
    const { client } = connect(sandbox);
    const { orderId } = (await createOrder(client, WAITING)).data;
    const before = (await getBuyingPower(client, { currency: "KRW" })).data.cashBuyingPower;
    await cancelOrder(client, { orderId });
    const after = (await getBuyingPower(client, { currency: "KRW" })).data.cashBuyingPower;
    expect(Number(after) - Number(before)).toBe(500_000);
    const error = await thrown(() => cancelOrder(client, { orderId }));
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ code: "already-canceled", status: 409, advice: "ask-user" });
  });

  test("by amount buys a part of a US stock at the market", async () => {
    const { sandbox, toss } = open();
    const { client } = connect(sandbox);
    toss.setPrice("AAPL", 200);
    const { orderId } = (
      await createOrder(client, {
        ...{ symbol: "AAPL", side: "BUY", orderType: "MARKET", orderAmount: "50" },
      } as const)
    ).data;
    expect((await getOrder(client, { orderId })).data).toMatchObject({
      status: "FILLED",
      quantity: "0.25",
      orderAmount: "50",
      currency: "USD",
    });
    const waiting = await createOrder(client, {
      ...{ symbol: "AAPL", side: "BUY", orderType: "LIMIT", quantity: "1", price: "150" },
    } as const);
    const error = await thrown(() =>
      modifyOrder(client, { orderId: waiting.data.orderId, orderType: "LIMIT", price: "151", quantity: "2" }),
    );
    expect(error).toMatchObject({ code: "us-modify-quantity-not-supported", status: 400 });
  });

  test("is found again among those that are open or closed, page by page", async () => {
    const { sandbox } = open();
    const { client } = connect(sandbox);
    for (let count = 0; count < 5; count++) {
      const { orderId } = (await createOrder(client, WAITING)).data;
      if (count > 0) await cancelOrder(client, { orderId });
    }
    expect((await getOrders(client, { status: "OPEN" })).data).toMatchObject({ nextCursor: null, hasNext: false });
    const sizes: number[] = [];
    for await (const { data } of getOrdersPages(client, { status: "CLOSED", limit: 3 })) sizes.push(data.orders.length);
    expect(sizes).toEqual([3, 1]);
  });

  test("of a refused kind is a typed error, and nothing was placed", async () => {
    const { sandbox, toss } = open();
    const { client } = connect(sandbox);
    const error = await thrown(() =>
      createOrder(client, { ...WAITING, quantity: "99999", confirmHighValueOrder: true }),
    );
    expect(error).toMatchObject({ code: "insufficient-buying-power", status: 422, advice: "ask-user" });
    expect((await getOrders(client, { status: "OPEN" })).data.orders).toEqual([]);
    expect(toss.effects).toEqual([]);
  });
});

describe("before anything is sent", () => {
  const refused = [
    ["LIMIT without price", { price: undefined }, "price", "INPUT_MISSING"],
    ["MARKET with price", { orderType: "MARKET" }, "price", "INPUT_INVALID"],
    ["neither quantity nor amount", { quantity: undefined }, "quantity", "INPUT_MISSING"],
    ["both", { orderAmount: "100" }, "quantity", "INPUT_INVALID"],
    [
      "an amount of a Korean stock",
      { quantity: undefined, orderAmount: "1", orderType: "MARKET", price: undefined },
      "orderAmount",
      "INPUT_INVALID",
    ],
    ["a key of other characters", { clientOrderId: "a b" }, "clientOrderId", "INPUT_INVALID"],
    ["a key that is too long", { clientOrderId: "a".repeat(37) }, "clientOrderId", "INPUT_INVALID"],
    ["100,000,000 won that nobody has confirmed", { quantity: "2000" }, "confirmHighValueOrder", "INPUT_MISSING"],
    ["a price that is no number", { price: "1e5" }, "price", "INPUT_INVALID"],
    ["no symbol", { symbol: undefined }, "symbol", "INPUT_MISSING"],
  ] as const;

  test.each(refused)("%s is refused", async (_, change, field, code) => {
    const { sandbox, toss } = open();
    const { client } = connect(sandbox);
    const error = await thrown(() => createOrder(client, { ...WAITING, ...change } as never));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({ code, field });
    expect(toss.requests).toEqual([]);
  });

  test("one won less is let through, and so is what was confirmed", async () => {
    const { sandbox } = open();
    const { client } = connect(sandbox);
    await createOrder(client, { ...WAITING, price: "49999", quantity: "2000" });
    await createOrder(client, { ...WAITING, quantity: "2000", confirmHighValueOrder: true });
    expect((await getOrders(client, { status: "OPEN" })).data.orders).toHaveLength(2);
  });

  test("an account has to be named for what is an account's, and for nothing else", async () => {
    const { sandbox, toss } = open();
    const { accountSeq: _, ...options } = toss.options;
    const { client } = connect(sandbox, { accountSeq: undefined } as never);
    expect(options.clientId).not.toBe("");
    const error = await thrown(() => getOrders(client, { status: "OPEN" }));
    expect(error).toMatchObject({ code: "INPUT_MISSING", field: "accountSeq" });
    expect(toss.requests).toEqual([]);
    expect((await getAccounts(client)).data).toHaveLength(2);
  });

  test("the other account has orders of its own", async () => {
    const { sandbox, toss } = open();
    await createOrder(connect(sandbox).client, WAITING);
    const other = connect(sandbox, { accountSeq: 2 }).client;
    expect((await getOrders(other, { status: "OPEN" })).data.orders).toEqual([]);
    expect(toss.tokensIssued).toBe(1);
    const error = await thrown(() => getOrders(connect(sandbox, { accountSeq: 9 }).client, { status: "OPEN" }));
    expect(error).toMatchObject({ code: "account-not-found", status: 404 });
  });
});

describe("the key of an order", () => {
  test("with other content is a conflict", async () => {
    const { sandbox, toss } = open();
    const { client } = connect(sandbox);
    await createOrder(client, { ...WAITING, clientOrderId: "key" });
    const error = await thrown(() => createOrder(client, { ...WAITING, quantity: "11", clientOrderId: "key" }));
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ code: "idempotency-key-conflict", status: 422, advice: "fix-request" });
    expect(toss.effects).toHaveLength(1);
  });

  test("with the same content gets the same order, for ten minutes", async () => {
    const { sandbox, toss, clock } = open();
    const { client } = connect(sandbox);
    const first = await createOrder(client, { ...WAITING, clientOrderId: "key" });
    clock.now += 599_000;
    expect((await createOrder(client, { ...WAITING, clientOrderId: "key" })).data).toEqual(first.data);
    clock.now += 2_000;
    expect((await createOrder(client, { ...WAITING, clientOrderId: "key" })).data).not.toEqual(first.data);
    expect(toss.effects).toHaveLength(2);
  });

  test("of an order that is still being processed leaves open what became of it, and says so", async () => {
    const { sandbox, toss } = open();
    const { client } = connect(sandbox, { retries: 0 });
    toss.processNext(100);
    const first = createOrder(client, { ...WAITING, clientOrderId: "key" });
    const error = await thrown(() => createOrder(client, { ...WAITING, clientOrderId: "key" }));
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(error).toMatchObject({
      settledBy: "order-history/getOrders",
      cause: { name: "ProviderError", code: "request-in-progress", status: 409 },
    });
    await first;
    expect(toss.effects).toHaveLength(1);
  });

  test("is waited for while attempts are left", async () => {
    const { sandbox, toss } = open();
    const { client } = connect(sandbox, { retries: 5, retryDelayMs: 30 });
    toss.processNext(100);
    const first = createOrder(client, { ...WAITING, clientOrderId: "key" });
    const second = createOrder(client, { ...WAITING, clientOrderId: "key" });
    expect((await second).data).toEqual((await first).data);
    expect(toss.effects).toHaveLength(1);
  });
});

describe("conditional orders", () => {
  const SELL = {
    symbol: "005930",
    quantity: "10",
    orderType: "LIMIT",
    expireDate: "2026-12-31",
  } as const;
  const below = { orderSide: "SELL", triggerPrice: "50000", orderPrice: "49900" } as const;
  const above = { orderSide: "SELL", triggerPrice: "90000", orderPrice: "90000" } as const;

  test("SINGLE is placed when the price is reached", async () => {
    const { sandbox, toss } = open();
    const { client } = connect(sandbox);
    toss.setPrice("005930", 70_000);
    const { conditionalOrderId } = (await createConditionalOrder(client, { ...SELL, type: "SINGLE", first: below }))
      .data;
    const look = async () => (await getConditionalOrder(client, { conditionalOrderId })).data;
    expect(await look()).toMatchObject({ status: "WATCHING", first: { status: "WATCHING", triggeredOrderId: null } });
    toss.setPrice("005930", 50_000);
    const done = await look();
    expect(done).toMatchObject({ status: "COMPLETED", first: { status: "COMPLETED" } });
    const { data: order } = await getOrder(client, { orderId: String(done.first.triggeredOrderId) });
    expect(order).toMatchObject({ side: "SELL", status: "FILLED", quantity: "10" });
    expect((await getConditionalOrders(client, { status: "OPEN" })).data.conditionalOrders).toEqual([]);
    expect((await getConditionalOrders(client, { status: "CLOSED" })).data.conditionalOrders).toHaveLength(1);
  });

  test("OCO: one of two, whichever comes first", async () => {
    const { sandbox, toss } = open();
    const { client } = connect(sandbox);
    toss.setPrice("005930", 70_000);
    const input = { ...SELL, type: "OCO", first: below, second: above } as const;
    const { conditionalOrderId } = (await createConditionalOrder(client, input)).data;
    toss.setPrice("005930", 90_000);
    expect((await getConditionalOrder(client, { conditionalOrderId })).data).toMatchObject({
      first: { status: "CANCELED" },
      second: { status: "COMPLETED" },
    });
  });

  test("OTO: the second is watched for when the first was filled", async () => {
    const { sandbox, toss } = open();
    const { client } = connect(sandbox);
    toss.setPrice("005930", 70_000);
    const first = { orderSide: "BUY", triggerPrice: "60000", orderPrice: "60000" } as const;
    const input = { ...SELL, type: "OTO", first, second: above } as const;
    const { conditionalOrderId } = (await createConditionalOrder(client, input)).data;
    const look = async () => (await getConditionalOrder(client, { conditionalOrderId })).data;
    toss.setPrice("005930", 95_000);
    expect(await look()).toMatchObject({ first: { status: "WATCHING" }, second: { status: "HOLDING" } });
    toss.setPrice("005930", 60_000);
    expect(await look()).toMatchObject({ first: { status: "COMPLETED" }, second: { status: "WATCHING" } });
    toss.setPrice("005930", 95_000);
    expect(await look()).toMatchObject({ status: "COMPLETED", second: { status: "COMPLETED" } });
  });

  test("are modified under a new id, cancelled without an answer, and known again by their key", async () => {
    const { sandbox, toss } = open();
    const { client } = connect(sandbox);
    const input = { ...SELL, type: "SINGLE", first: below, clientOrderId: "c-1" } as const;
    const { conditionalOrderId } = (await createConditionalOrder(client, input)).data;
    expect((await createConditionalOrder(client, input)).data.conditionalOrderId).toBe(conditionalOrderId);
    const { symbol: _, ...changes } = SELL;
    const modified = await modifyConditionalOrder(client, {
      ...changes,
      conditionalOrderId,
      type: "SINGLE",
      first: above,
    });
    expect(modified.data.conditionalOrderId).not.toBe(conditionalOrderId);
    const cancelled = await cancelConditionalOrder(client, modified.data);
    expect(cancelled.data).toBeUndefined();
    const error = await thrown(() => getConditionalOrder(client, modified.data));
    expect(error).toMatchObject({ code: "conditional-order-not-found", status: 404 });
    expect(toss.effects).toHaveLength(3);
  });

  test("OCO and OTO without a second part are refused before they are sent", async () => {
    const { sandbox, toss } = open();
    const { client } = connect(sandbox);
    const error = await thrown(() => createConditionalOrder(client, { ...SELL, type: "OCO", first: below }));
    expect(error).toMatchObject({ code: "INPUT_MISSING", field: "second" });
    expect(toss.requests).toEqual([]);
  });
});
