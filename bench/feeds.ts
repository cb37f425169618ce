/**
 * Realtime feeds: what a record costs from the text of its frame to the loop that reads it, beside splitting the same text by hand;
 * and what a notice costs beside its decryption alone.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createKis, type Kis, type Socket, type SocketEvent, type Subscription } from "kofin/kis";
import { domesticNotice, domesticTrade } from "kofin/kis/realtime";
import { inTurns } from "./pace.js";
import { type Row, row } from "./row.js";

/** Stocks that are subscribed to. */
const CODES = Array.from({ length: 40 }, (_, number) => String(number * 10 + 660).padStart(6, "0"));
const FRAMES = 40_000;
/** Frames that arrive before the program gets a turn: what one read of a busy socket holds. */
const BURST = 100;
const NOTICES = 2_000;
const KEY = { key: "0123456789abcdef0123456789abcdef", iv: "0123456789abcdef" };

/** A server in the same process that costs nothing: it says yes to everything, and what it sends is heard at once. */
class Line implements Socket {
  static current: Line | undefined;
  readonly readyState = 1;
  readonly #listeners = new Map<string, (event: SocketEvent) => void>();

  constructor() {
    Line.current = this;
    queueMicrotask(() => this.#listeners.get("open")?.({ type: "open" }));
  }

  addEventListener(type: string, listener: (event: SocketEvent) => void): void {
    if (!this.#listeners.has(type)) this.#listeners.set(type, listener);
  }

  send(text: string): void {
    const { tr_id, tr_key } = JSON.parse(text).body.input;
    const body = { rt_cd: "0", msg_cd: "OPSP0000", msg1: "SUBSCRIBE SUCCESS", output: KEY };
    queueMicrotask(() => this.say(JSON.stringify({ header: { tr_id, tr_key }, body })));
  }

  say(data: string): void {
    this.#listeners.get("message")?.({ type: "message", data });
  }

  close(): void {}
}

export async function feeds(): Promise<Row[]> {
  return [await throughput(), await memory(), await backlog(), await notices()];
}

async function throughput(): Promise<Row> {
  const frames = tradeFrames();
  const { line, feeds, read } = await trading();
  let byHand = 0;
  const split = async () => {
    for (let at = 0; at < FRAMES; at++) {
      const [, , , payload = ""] = frames[at % frames.length]?.split("|") ?? [];
      const values = payload.split("^");
      byHand += Number(values[2]) + Number(values[12]);
      if (at % BURST === 0) await turn();
    }
  };
  const ratio = await inTurns(() => send(line, frames), split);
  for (const feed of feeds) feed.close();
  if (read.count % FRAMES !== 0 || byHand === 0)
    throw new Error(`${read.count} records arrived, of a multiple of ${FRAMES}`);
  return row({ name: "realtime: frame to for await, against bare split and index", unit: "x", most: 1.5 }, ratio);
}

/** How much the heap has grown after another half million records, all of which were read. */
async function memory(): Promise<Row> {
  const frames = tradeFrames();
  const { line, feeds } = await trading();
  const grown = await growth(() => send(line, frames), 12);
  for (const feed of feeds) feed.close();
  return row({ name: "realtime: heap grown by 480,000 records that were read", unit: "KB", most: 256 }, grown);
}

/** The same of records that nobody reads: beyond those that may wait there is nothing. */
async function backlog(): Promise<Row> {
  const frames = tradeFrames();
  const { line, client } = await connected();
  const feeds = CODES.map((code) => domesticTrade(client, code, { bufferSize: 100 }));
  await Promise.all(feeds.map(({ ready }) => ready));
  const grown = await growth(() => send(line(), frames), 12);
  for (const feed of feeds) feed.close();
  return row({ name: "realtime: heap grown by 480,000 records that nobody read", unit: "KB", most: 256 }, grown);
}

async function notices(): Promise<Row> {
  const { line, client } = await connected();
  const feed = domesticNotice(client, { bufferSize: NOTICES });
  await feed.ready;
  const texts = Array.from({ length: NOTICES }, (_, number) => noticeText(number));
  const key = await crypto.subtle.importKey("raw", bytesOf(KEY.key), "AES-CBC", false, ["encrypt", "decrypt"]);
  const algorithm = { name: "AES-CBC", iv: bytesOf(KEY.iv) };
  const ciphers = await Promise.all(texts.map((text) => crypto.subtle.encrypt(algorithm, key, bytesOf(text))));
  const frames = ciphers.map((cipher) => `1|H0STCNI0|001|${Buffer.from(cipher).toString("base64")}`);
  const ours = async () => {
    for (const frame of frames) line().say(frame);
    for (let count = 0; count < NOTICES; count++) await feed.next();
  };
  const bare = async () => {
    await Promise.all(ciphers.map((cipher) => crypto.subtle.decrypt(algorithm, key, cipher)));
  };
  const ratio = await inTurns(ours, bare);
  feed.close();
  return row({ name: "realtime: notices, against bare AES-256-CBC of the same bytes", unit: "x", most: 2 }, ratio);
}

async function connected(): Promise<{ client: Kis; line: () => Line }> {
  const client = createKis({
    ...{ environment: "real", appKey: `bench ${Math.random()}`, appSecret: "bench", htsId: "bench" },
    fetch: async () => Response.json({ approval_key: "bench" }),
    realtime: { webSocket: Line, paceMs: 0 },
  });
  const line = () => {
    if (!Line.current) throw new Error("Nobody has connected yet");
    return Line.current;
  };
  return { client, line };
}

/** Every stock has a program that reads it. */
async function trading() {
  const { client, line } = await connected();
  const read = { count: 0, total: 0 };
  const feeds = CODES.map((code) => domesticTrade(client, code));
  for (const feed of feeds) void readAll(feed, read);
  await Promise.all(feeds.map(({ ready }) => ready));
  return { line: line(), feeds, read };
}

async function readAll(
  feed: Subscription<{ STCK_PRPR: string; CNTG_VOL: string }>,
  read: { count: number; total: number },
): Promise<void> {
  for await (const { STCK_PRPR, CNTG_VOL } of feed) {
    read.count += 1;
    read.total += Number(STCK_PRPR) + Number(CNTG_VOL);
  }
}

async function send(line: Line, frames: readonly string[]): Promise<void> {
  for (let at = 0; at < FRAMES; at++) {
    line.say(frames[at % frames.length] ?? "");
    if (at % BURST === 0) await turn();
  }
  await turn();
}

/** Kilobytes between the heap after two rounds and after some more. */
async function growth(work: () => Promise<void>, rounds: number): Promise<number> {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const used = async () => {
    await turn();
    collect();
    collect();
    return process.memoryUsage().heapUsed;
  };
  await work();
  await work();
  const before = await used();
  for (let round = 0; round < rounds; round++) await work();
  return Math.max(0, (await used()) - before) / 1_024;
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** 국내주식 실시간체결가 as they look in the market, one record each. */
function tradeFrames(): string[] {
  return Array.from({ length: 4_000 }, (_, number) => {
    const code = CODES[number % CODES.length] ?? "";
    const price = 71_000 + (number % 50) * 100;
    const day = `${code}^1100${String(number % 60).padStart(2, "0")}^${price}^2^400^0.56^71412.35^71200^71900^70900`;
    const trade = `^${price + 100}^${price}^${1 + (number % 90)}^${12_843_210 + number}^${918_452_310_000 + number * 7}`;
    const sums = "^18230^20110^1880^112.35^5934120^6667200^1^0.53^115.76^090012^2^300^091544^5^-400^090231^2^600";
    return `0|H0STCNT0|001|${day}${trade}${sums}^20261120^20^N^15230^10930^152300^109300^0.22^11094320^115.76^0^^71200`;
  });
}

function noticeText(number: number): string {
  const order = String(number).padStart(10, "0");
  const head = `bench^1234567801^${order}^^02^0^00^0^005930^0000000010^000071500^110000^0^2^2^91252^000000010`;
  return `${head}^홍길동^000000000^1^Y^^^^삼성전자^000071500`;
}
