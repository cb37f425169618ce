import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Transport } from "kofin";
import { undiciTransport } from "kofin/node";
import { describe, expect, it } from "vitest";
import { answerWithin } from "../../runtime/call/answer-within.js";
import { DeadlineExceeded } from "../../runtime/call/deadline.js";
import { silence, untilAborted } from "../support/wait.js";

const url = "http://provider.test/";
const init = (signal?: AbortSignal) => ({ method: "GET", headers: new Headers(), ...(signal && { signal }) });

describe("answerWithin", () => {
  it("passes a request and its answer through", async () => {
    const seen: unknown[] = [];
    const transport: Transport = async (...given) => {
      seen.push(given);
      return new Response("ok");
    };
    const headers = new Headers({ a: "1" });
    const sent = { method: "POST", headers, body: "b", redirect: "manual" as const };
    expect(await (await answerWithin(1_000, transport)(url, sent)).text()).toBe("ok");
    expect(seen).toMatchObject([[url, sent]]);
  });

  it("gives up in time, whether the transport pays heed or not, and tells it to stop", async () => {
    let told: AbortSignal | undefined;
    const heedful: Transport = (_, { signal }) => {
      told = signal;
      return untilAborted(signal);
    };
    for (const transport of [heedful, silence]) {
      await expect(answerWithin(5, transport)(url, init())).rejects.toBeInstanceOf(DeadlineExceeded);
    }
    expect(told?.reason).toBeInstanceOf(DeadlineExceeded);
  });

  it("ends with the call", async () => {
    const controller = new AbortController();
    const answer = answerWithin(1_000, silence)(url, init(controller.signal));
    controller.abort("enough");
    await expect(answer).rejects.toBe("enough");
  });

  it("fails as the transport does, and lets go of the call's signal", async () => {
    const listeners = new Set<unknown>();
    const signal = Object.assign(new AbortController().signal, {
      addEventListener: (_: string, listener: unknown) => listeners.add(listener),
      removeEventListener: (_: string, listener: unknown) => listeners.delete(listener),
    });
    const transport: Transport = () => Promise.reject(new Error("reset"));
    await expect(answerWithin(1_000, transport)(url, init(signal))).rejects.toThrow("reset");
    expect(listeners.size).toBe(0);
  });

  it("ends a body that is still on its way when the call ends", async () => {
    const server = createServer((_, outgoing) => outgoing.writeHead(200, { "content-length": "10" }).write("half"));
    await once(server.listen(0, "127.0.0.1"), "listening");
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const controller = new AbortController();
    const transport = answerWithin(1_000, (to, { method, headers, signal }) =>
      fetch(to, { method, headers, signal: signal ?? null }),
    );
    const answer = await transport(origin, init(controller.signal));
    setTimeout(() => controller.abort(new Error("enough")), 10);
    await expect(answer.text()).rejects.toThrow("enough");
    server.closeAllConnections();
    server.close();
  });

  it("keeps what a transport says of itself", () => {
    const transport = answerWithin(5, undiciTransport());
    expect([typeof transport.controller, transport.getBody]).toEqual(["function", true]);
  });
});
