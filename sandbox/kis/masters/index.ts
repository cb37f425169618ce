/**
 * The symbol master files: the stocks of the sandbox's market, in the layouts of the spec. Needs the packages `iconv-lite`, and
 * `fflate` for what comes in an archive.
 * @module
 */
import type { MasterFile, Provider } from "../../../generator/model.js";
import { Market } from "../../exchange/market/market.js";
import { ymd } from "../../shared/clock.js";
import type { MockProvider, MockSettings } from "../../shared/mock-provider.js";
import * as derivatives from "./derivatives.js";
import * as domestic from "./domestic.js";
import * as lists from "./lists.js";
import { overseasRows, worldRows } from "./overseas.js";
import { type Encode, fileOf, type Row } from "./record.js";

/** Rows by the id of the file. */
const ROWS: Readonly<Record<string, (market: Market) => Row[]>> = {
  kospi: domestic.kospiRows,
  kosdaq: domestic.kosdaqRows,
  konex: domestic.konexRows,
  elw: domestic.elwRows,
  bond: domestic.bondRows,
  fo_idx: derivatives.indexRows,
  fo_stk: derivatives.stockFutureRows,
  fo_com: derivatives.commodityRows,
  fo_cme: derivatives.nightFutureRows,
  fo_eurex: derivatives.nightOptionRows,
  idxcode: lists.sectorRows,
  theme: lists.themeRows,
  member: lists.memberRows,
  frgn: worldRows,
  ffcode: derivatives.overseasFutureRows,
};

/** Files are made when they are asked for, and kept until prices are those of another day. */
export function mockMasters(provider: Provider | undefined, { seed, clock }: MockSettings): MockProvider {
  const files = new Map(provider?.masters?.files.flatMap((file) => (file.path ? [[file.path, file] as const] : [])));
  const layouts = new Map(provider?.masters?.layouts.map((layout) => [layout.name, layout]));
  const made = new Map<string, Uint8Array>();
  let madeOn = "";

  const make = async (file: MasterFile): Promise<Uint8Array> => {
    const layout = layouts.get(file.layout);
    if (!layout) return new Uint8Array();
    const rows = ROWS[file.id] ?? ((market: Market) => overseasRows(market, file.id.toUpperCase()));
    const text = fileOf(layout, rows(new Market(seed, clock)), `${seed}/${file.id}`, await encoder());
    return file.entry === undefined ? text : zipped(file.entry, text, clock());
  };

  return {
    async fetch(request) {
      const file = files.get(new URL(request.url).pathname);
      if (!file) return new Response("Not Found", { status: 404 });
      if (request.method !== "GET") return new Response("Method Not Allowed", { status: 405 });
      const today = ymd(clock());
      if (today !== madeOn) made.clear();
      madeOn = today;
      const bytes = made.get(file.id) ?? (await make(file));
      made.set(file.id, bytes);
      const type = file.entry === undefined ? "application/octet-stream" : "application/zip";
      return new Response(Uint8Array.from(bytes), {
        headers: { "Content-Type": type, "Content-Length": `${bytes.length}` },
      });
    },
    reset: () => made.clear(),
  };
}

async function encoder(): Promise<Encode> {
  const { default: iconv } = await needed("iconv-lite", () => import("iconv-lite"));
  return (text) => iconv.encode(text, "cp949");
}

async function zipped(entry: string, bytes: Uint8Array, now: number): Promise<Uint8Array> {
  const { zipSync } = await needed("fflate", () => import("fflate"));
  return zipSync({ [entry]: bytes }, { mtime: now });
}

async function needed<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    throw new Error(`the sandbox needs ${name} for master files: npm install --save-dev ${name}`, { cause });
  }
}
