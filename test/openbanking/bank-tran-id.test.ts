import * as fc from "fast-check";
import { InvalidInputError, memoryStore, type TokenStore } from "kofin";
import { bankTranIds, call } from "kofin/openbanking";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { withdraw, withdrawal } from "./operations.js";
import { bankSuccess, clientOf, scripted, userOf } from "./scripted.js";

const useCode = "T990000123";
const FORM = /^T990000123U[0-9A-Z]{9}$/;

describe("bankTranIds", () => {
  it("never repeats across processes and restarts that share a store, whatever the blocks and the day", async () => {
    const step = fc.record({ process: fc.nat(3), count: fc.integer({ min: 1, max: 40 }), restart: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), fc.integer({ min: 1, max: 25 }), async (steps, block) => {
        const store = memoryStore();
        const processes = new Map<number, ReturnType<typeof bankTranIds>>();
        const made: string[] = [];
        for (const { process, count, restart } of steps) {
          if (restart || !processes.has(process)) processes.set(process, bankTranIds({ useCode, store, block }));
          const ids = processes.get(process);
          if (ids) made.push(...(await Promise.all(Array.from({ length: count }, () => ids.next()))));
        }
        expect(new Set(made).size).toBe(made.length);
        expect(made.every((id) => FORM.test(id))).toBe(true);
      }),
    );
  });

  it("never repeats when processes ask at the same time", async () => {
    const store = memoryStore();
    const processes = Array.from({ length: 8 }, () => bankTranIds({ useCode, store, block: 7 }));
    const made = await Promise.all(processes.flatMap((ids) => Array.from({ length: 100 }, () => ids.next())));
    expect(new Set(made).size).toBe(800);
  });

  it("asks the store once for a whole block", async () => {
    let writes = 0;
    const inner = memoryStore();
    const set = (key: string, value: string | undefined) => {
      writes += 1;
      return inner.set(key, value);
    };
    const ids = bankTranIds({ useCode, store: { ...inner, set } });
    await Promise.all(Array.from({ length: 100 }, () => ids.next()));
    expect(writes).toBe(1);
    await ids.next();
    expect(writes).toBe(2);
  });

  it("begins somewhere else when the store was lost", async () => {
    const first = async () => bankTranIds({ useCode, store: memoryStore() }).next();
    const starts = await Promise.all(Array.from({ length: 100 }, first));
    expect(new Set(starts).size).toBe(100);
  });

  it("begins anew when what the store holds is no count", async () => {
    const store = memoryStore();
    await store.set(`openbanking:bankTranId:${useCode}`, "garbage");
    expect(await bankTranIds({ useCode, store }).next()).toMatch(FORM);
  });

  it("counts over the end of nine characters to the beginning", async () => {
    const store = memoryStore();
    await store.set(`openbanking:bankTranId:${useCode}`, String(36 ** 9 - 2));
    const ids = bankTranIds({ useCode, store, block: 4 });
    const made = [await ids.next(), await ids.next(), await ids.next(), await ids.next(), await ids.next()];
    expect(made.map((id) => id.slice(11))).toEqual(["ZZZZZZZZY", "ZZZZZZZZZ", "000000000", "000000001", "000000002"]);
  });

  it("needs no store: a process begins at a random place and counts on", async () => {
    const processes = Array.from({ length: 100 }, () => bankTranIds({ useCode }));
    const made = await Promise.all(processes.flatMap((ids) => Array.from({ length: 50 }, () => ids.next())));
    expect(new Set(made).size).toBe(5_000);
    expect(made.every((id) => FORM.test(id))).toBe(true);
  });

  it("keeps institutions apart", async () => {
    const store = memoryStore();
    await bankTranIds({ useCode, store }).next();
    expect(await bankTranIds({ useCode: "F000000001", store }).next()).toMatch(/^F000000001U/);
    expect(await store.get("openbanking:bankTranId:F000000001")).toBeDefined();
  });

  it("gives nothing out while the store fails, and goes on when it is back", async () => {
    const inner = memoryStore();
    let isDown = true;
    const store: TokenStore = {
      ...inner,
      set: async (key, value) => {
        if (isDown) throw new Error("disk full");
        await inner.set(key, value);
      },
    };
    const ids = bankTranIds({ useCode, store });
    expect((await failure(Promise.all([ids.next(), ids.next()]), InvalidInputError)).code).toBe("STORE_UNUSABLE");
    isDown = false;
    expect(await ids.next()).toMatch(FORM);
  });
});

describe("a client", () => {
  it("shares its count with others over the store, and sends nothing when there is no number", async () => {
    const store = memoryStore();
    const script = scripted(() => bankSuccess());
    const users = await Promise.all([1, 2, 3].map(() => userOf(clientOf(script, { store }))));
    await Promise.all(users.flatMap((user) => [1, 2, 3].map(() => call(user, withdraw, withdrawal))));
    expect(new Set(script.sent.map(({ fields }) => fields.bank_tran_id)).size).toBe(9);

    const broken = { ...store, exclusive: () => Promise.reject(new Error("disk full")) };
    const user = clientOf(script, { store: broken }).user("U990000123");
    const error = await failure(call(user, withdraw, withdrawal), InvalidInputError);
    expect(error).toMatchObject({ code: "STORE_UNUSABLE", cause: new Error("disk full") });
    expect(script.sent).toHaveLength(9);
  });

  it("hands out a number to those who want to know it before", async () => {
    const script = scripted(() => bankSuccess());
    const user = await userOf(clientOf(script));
    const bank_tran_id = await user.nextBankTranId();
    await call(user, withdraw, { ...withdrawal, bank_tran_id });
    expect(script.sent[0]?.fields.bank_tran_id).toBe(bank_tran_id);
  });
});
