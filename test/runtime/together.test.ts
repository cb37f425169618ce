import { ProviderError } from "kofin";
import { type Codef, callTwoWay, type TwoWayReply, together } from "kofin/codef";
import { describe, expect, it } from "vitest";
import { asking } from "../support/operations.js";
import { clientOf, refusal, type Script, scripted, success, tokenAnswer } from "../support/scripted.js";
import { idle, latch } from "../support/wait.js";

const question = {
  continue2Way: true,
  method: "simpleAuth",
  jobIndex: 0,
  threadIndex: 0,
  jti: "j",
  twoWayTimestamp: 1,
};

const product =
  (codef: Codef, name: string) =>
  ({ id }: { id: string }): Promise<TwoWayReply<{ name: string }>> =>
    callTwoWay(codef, asking, { id, name });

const nameOf: (sent: { body: unknown }) => string = ({ body }) => (body as { name: string }).name;

function setUp(script: Script) {
  // A token that takes longer than the gaps: the calls must not gather behind it.
  const transport = scripted(script, async () => {
    await idle(60);
    return tokenAnswer("slow");
  });
  return { script: transport, codef: clientOf(transport, { retries: 0 }) };
}

describe("together", () => {
  it("sends the calls under one id, in order, with a gap", async () => {
    const at: number[] = [];
    const { codef, script } = setUp((sent) => {
      at.push(performance.now());
      return success({ name: nameOf(sent) });
    });
    const all = await together(codef, [product(codef, "a"), product(codef, "b"), product(codef, "c")], { gapMs: 40 });
    if (all.status !== "done") throw new Error("nobody was to be asked");
    expect(all.outcomes.map(({ data }) => data?.status === "done" && data.data.name)).toEqual(["a", "b", "c"]);
    expect(script.sent.map(nameOf)).toEqual(["a", "b", "c"]);
    const ids = script.sent.map(({ body }) => (body as { id: string }).id);
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    for (const [before, after] of [
      [at[0], at[1]],
      [at[1], at[2]],
    ] as const)
      expect((after ?? 0) - (before ?? 0)).toBeGreaterThan(25);
  });

  it("asks the user once; the others go on by themselves when it is answered", async () => {
    const answered = latch();
    const { codef, script } = setUp(async (sent) => {
      if ((sent.body as { is2Way?: boolean }).is2Way) {
        answered.open();
        return success({ name: nameOf(sent) });
      }
      if (nameOf(sent) === "b") return refusal("CF-03002", "", { data: question });
      await answered.opened;
      return success({ name: nameOf(sent) });
    });
    const asked = await together(codef, [product(codef, "a"), product(codef, "b"), product(codef, "c")], {
      gapMs: 1,
      id: "shared",
    });
    if (asked.status !== "challenge") throw new Error("a challenge was expected");
    expect(asked).toMatchObject({ index: 1, challenge: { method: "simpleAuth", body: { id: "shared", name: "b" } } });
    const all = await asked.answer({ simpleAuth: "1" });
    if (all.status !== "done") throw new Error("one answer was enough");
    expect(all.outcomes.map(({ data }) => data?.status === "done" && data.data.name)).toEqual(["a", "b", "c"]);
    expect(script.sent).toHaveLength(4);
  });

  it("tells every outcome: a refused product does not hide the others", async () => {
    const { codef } = setUp((sent) => (nameOf(sent) === "b" ? refusal("CF-12801") : success({ name: nameOf(sent) })));
    const all = await together(codef, [product(codef, "a"), product(codef, "b"), product(codef, "c")], { gapMs: 1 });
    if (all.status !== "done") throw new Error("nobody was to be asked");
    expect(all.outcomes[1].error).toBeInstanceOf(ProviderError);
    expect(all.outcomes[0].error ?? all.outcomes[2].error).toBeUndefined();
  });

  it("does not begin calls after the caller's signal has ended", async () => {
    const { codef, script } = setUp((sent) => success({ name: nameOf(sent) }));
    const controller = new AbortController();
    const running = together(codef, [product(codef, "a"), product(codef, "b")], {
      gapMs: 200,
      signal: controller.signal,
    });
    await idle(20);
    controller.abort();
    const all = await running;
    if (all.status !== "done") throw new Error("nobody was to be asked");
    expect(all.outcomes[0].data?.status).toBe("done");
    expect(all.outcomes[1].error).toMatchObject({ code: "ABORTED", mayHaveArrived: false });
    expect(script.sent).toHaveLength(1);
  });
});
