import { zipSync } from "fflate";
import { HttpError, InvalidInputError, NetworkError } from "kofin";
import {
  focode,
  idxcode,
  kospi,
  loadMaster,
  MasterError,
  type MasterProgress,
  member,
  streamMaster,
} from "kofin/kis/masters";
import { undiciTransport } from "kofin/node";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { serve } from "../support/loopback.js";
import { host } from "./host.js";
import { cp949, line, lines } from "./writer.js";

const file = lines(
  ...Array.from({ length: 2_000 }, (_, index) =>
    line([1, "0"], [4, String(index).padStart(4, "0")], [40, `업종${index}`]),
  ),
);
const archive = zipSync({ "idxcode.mst": file }, { level: 1 });
const members = cp949("00901가상증권0\n00902모래증권1\n");

describe("where a file is fetched", () => {
  it("at the official host", async () => {
    const { fetch, asked } = host(() => archive);
    await loadMaster(idxcode, { fetch });
    expect(asked).toEqual(["https://new.real.download.dws.co.kr/common/master/idxcode.mst.zip"]);
  });

  it.each(["http://localhost:8787", "http://localhost:8787/", "https://mirror.example/kis/"])(
    "or at %s",
    async (baseUrl) => {
      const { fetch, asked } = host(() => archive);
      await loadMaster(idxcode, { fetch, baseUrl });
      expect(asked).toEqual([`${baseUrl.replace(/\/$/, "")}/common/master/idxcode.mst.zip`]);
    },
  );

  it("nowhere, when it has no known address: its bytes are asked for", async () => {
    const error = await failure(loadMaster(focode, { fetch: host(() => archive).fetch }), InvalidInputError);
    expect(error).toMatchObject({ code: "INPUT_MISSING", field: "bytes", operation: "masters.focode" });
  });

  it("nowhere, when the address is none", async () => {
    const error = await failure(loadMaster(idxcode, { baseUrl: "sandbox" }), InvalidInputError);
    expect(error).toMatchObject({ code: "INPUT_INVALID", field: "baseUrl" });
  });
});

describe("a download", () => {
  it("yields rows while it is under way, and stops when nobody wants any more", async () => {
    const { fetch, state } = host(() => archive, { pieceBytes: 500 });
    const seen: string[] = [];
    for await (const { idx_code } of streamMaster(idxcode, { fetch })) {
      seen.push(idx_code);
      if (seen.length === 5) break;
    }
    expect(seen).toEqual(["0000", "0001", "0002", "0003", "0004"]);
    expect(state.sent).toBeLessThan(archive.length);
    expect(state.cancelled).toBe(1);
  });

  it("does not begin before the first row is asked for", async () => {
    const { fetch, asked } = host(() => archive);
    const rows = streamMaster(idxcode, { fetch });
    expect(asked).toEqual([]);
    await rows.next();
    await rows.return();
    expect(asked).toHaveLength(1);
  });

  it("tells how far it has come", async () => {
    const seen: MasterProgress[] = [];
    await loadMaster(idxcode, {
      fetch: host(() => archive, { pieceBytes: 4_000 }).fetch,
      onProgress: (progress) => seen.push(progress),
    });
    expect(seen.length).toBeGreaterThan(1);
    expect(seen[0]).toEqual({ read: 4_000, total: archive.length });
    expect(seen.at(-1)).toEqual({ read: archive.length, total: archive.length });
    expect(seen.map(({ read }) => read)).toEqual(seen.map(({ read }) => read).sort((a, b) => a - b));
    seen.length = 0;
    await loadMaster(idxcode, {
      fetch: host(() => archive, { announced: false }).fetch,
      onProgress: (progress) => seen.push(progress),
    });
    expect(seen).toEqual([{ read: archive.length, total: undefined }]);
  });

  it("of whatever was compressed on the way is not measured by its length there", async () => {
    const headers = { "Content-Length": "12345678", "Content-Encoding": "gzip" };
    const { rows } = await loadMaster(member, { fetch: host(() => new Response(members, { headers })).fetch });
    expect(rows).toHaveLength(2);
  });

  it("works with every transport of kofin", async () => {
    const loopback = await serve(() => new Response(archive));
    try {
      for (const options of [{}, { fetch: undiciTransport() }]) {
        expect((await loadMaster(idxcode, { ...options, baseUrl: loopback.origin })).rows).toHaveLength(2_000);
      }
    } finally {
      await loopback.close();
    }
  });
});

describe("a download that fails", () => {
  it.each([404, 503])("HTTP %i", async (status) => {
    const error = await failure(
      loadMaster(kospi, { fetch: host(() => new Response("", { status })).fetch }),
      HttpError,
    );
    expect(error).toMatchObject({ code: `HTTP_${status}`, status, provider: "kis", operation: "masters.kospi" });
  });

  it("no connection", async () => {
    const refused = new TypeError("fetch failed", {
      cause: Object.assign(new Error("getaddrinfo"), { code: "ENOTFOUND" }),
    });
    expect(await failure(loadMaster(idxcode, { fetch: host(() => refused).fetch }), NetworkError)).toMatchObject({
      code: "NETWORK",
    });
  });

  it("ends before the announced length: an error, not a short table", async () => {
    // Plain lines have no end that could be missing.
    const whole = lines(members);
    const { fetch } = host(() => whole, { ends: { after: 15, how: "close" } });
    const error = await failure(loadMaster(member, { fetch }), MasterError);
    expect(error).toMatchObject({ code: "MASTER_INCOMPLETE", advice: "retry" });
    expect(error.message).toBe(`masters.member: 15 of ${whole.length} bytes arrived`);
  });

  it("breaks off", async () => {
    const { fetch } = host(() => archive, { pieceBytes: 1_000, ends: { after: 3_000, how: "error" } });
    expect(await failure(loadMaster(idxcode, { fetch }), NetworkError)).toMatchObject({ code: "NETWORK" });
  });

  it.each([0, 3_000])("falls silent after %i bytes", async (after) => {
    const { fetch, state } = host(() => archive, { pieceBytes: 1_000, ends: { after, how: "hang" } });
    expect(await failure(loadMaster(idxcode, { fetch, timeoutMs: 30 }), NetworkError)).toMatchObject({
      code: "TIMEOUT",
    });
    expect(state.cancelled).toBe(1);
  });

  it("does not answer", async () => {
    const fetch = () => new Promise<Response>(() => {});
    expect(await failure(loadMaster(idxcode, { fetch, timeoutMs: 30 }), NetworkError)).toMatchObject({
      code: "TIMEOUT",
    });
  });

  it("goes on for long as long as something arrives", async () => {
    const slow = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 15));
        const piece = pieces.shift();
        if (piece) controller.enqueue(piece);
        else controller.close();
      },
    });
    const pieces = Array.from({ length: 8 }, (_, index) => cp949(`0090${index}가0\n`));
    const { rows } = await loadMaster(member, { fetch: async () => new Response(slow), timeoutMs: 60 });
    expect(rows).toHaveLength(8);
  });
});

describe("the caller's signal", () => {
  it("ends it before it begins", async () => {
    const { fetch, asked } = host(() => archive);
    const error = await failure(loadMaster(idxcode, { fetch, signal: AbortSignal.abort() }), NetworkError);
    expect([error.code, error.mayHaveArrived, asked]).toEqual(["ABORTED", false, []]);
    expect(
      await failure(loadMaster(member, { bytes: members, signal: AbortSignal.abort() }), NetworkError),
    ).toMatchObject({ code: "ABORTED" });
  });

  it("ends it on the way", async () => {
    const controller = new AbortController();
    const { fetch, state } = host(() => archive, { pieceBytes: 1_000, ends: { after: 2_000, how: "hang" } });
    const loading = failure(loadMaster(idxcode, { fetch, signal: controller.signal }), NetworkError);
    setTimeout(() => controller.abort(new Error("enough")), 20);
    const error = await loading;
    expect([error.code, (error.cause as Error).message]).toEqual(["ABORTED", "enough"]);
    expect(state.cancelled).toBe(1);
  });
});
