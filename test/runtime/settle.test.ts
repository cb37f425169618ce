import { KofinError, ProviderError, settle } from "kofin";
import { call, type Reply } from "kofin/codef";
import { describe, expect, expectTypeOf, it } from "vitest";
import { reading } from "../support/operations.js";
import { clientOf, refusal, scripted, success } from "../support/scripted.js";

describe("settle", () => {
  it("gives the reply as data", async () => {
    const { data, error } = await settle(
      call<{ a: string }>(clientOf(scripted(() => success({ a: "1" }))), reading, {}),
    );
    expectTypeOf(data).toEqualTypeOf<Reply<{ a: string }> | undefined>();
    expectTypeOf(error).toEqualTypeOf<KofinError | undefined>();
    expect(data?.data).toEqual({ a: "1" });
    expect(error).toBeUndefined();
  });

  it("gives kofin's errors as values, so that one test narrows both", async () => {
    const settled = await settle(call<{ a: string }>(clientOf(scripted(() => refusal("CF-12801"))), reading, {}));
    if (!settled.error) {
      expectTypeOf(settled.data).toEqualTypeOf<Reply<{ a: string }>>();
      throw new Error("a refusal was expected");
    }
    expect(settled.data).toBeUndefined();
    expect(settled.error).toBeInstanceOf(ProviderError);
    expect(settled.error).toBeInstanceOf(KofinError);
    expect(settled.error).toBeInstanceOf(Error);
  });

  it("keeps throwing what is a bug", async () => {
    await expect(settle(Promise.reject(new TypeError("a bug")))).rejects.toThrow(TypeError);
  });
});
