/**
 * What the contract of KIS is tested with: two sandboxes, their customer, and what the examples of the specs cannot know of them.
 * @module
 */
import { memoryStore } from "kofin";
import type { Operation, Schema } from "kofin/generator";
import { createKis, type Kis, type Reply } from "kofin/kis";
import { createSandbox, type Sandbox } from "kofin/sandbox";
import { vi } from "vitest";
import { type Example, examplesOf, type Field, type Input, isNeeded } from "./example-input.js";
import { BOND, CUSTOMER, FUTURES, OVERSEAS, pricesIn, trade } from "./kis-orders.js";
import { functionOf, nameOf, operationsIn, specsOf } from "./specs.js";

export type Call = (kis: Kis, input?: Input) => Promise<Reply<unknown>>;

/** A Friday, at eleven in Seoul. */
export const NOW = Date.UTC(2026, 10, 20, 2);
export const TODAY = "20261120";

// A token says until what time of the day it is good: clients and sandboxes have to go by the same clock.
vi.useFakeTimers({ toFake: ["Date"], now: NOW });

export const specs = specsOf("kis");
export const operations = operationsIn(specs);

type Product = "01" | "03" | "08" | "29";

/** The account that an operation is about: each product has its own. */
export function productOf({ module, id }: Pick<Operation, "module" | "id">): Product {
  if (module === "domestic-futureoption-trading") return "03";
  if (module === "overseas-futureoption-trading") return "08";
  return id.startsWith("pension") ? "29" : "01";
}

/** A sandbox, and a client for each of the customer's accounts. */
export class Setup {
  readonly sandbox: Sandbox;
  #clients = new Map<string, Kis>();
  /** A token may be asked for once a minute only: all clients share it. */
  #store = memoryStore();

  constructor(options: { pageSize?: number } = {}) {
    this.sandbox = createSandbox({ specs, now: () => NOW, kis: options });
    this.#fill();
  }

  /** As new: no order was ever placed, no token issued. */
  reset(): void {
    this.sandbox.reset();
    this.#clients = new Map();
    this.#store = memoryStore();
    this.#fill();
  }

  /** Something to sell, wherever the examples of the specs sell. */
  #fill(): void {
    // At its price in dollars there would be no step below it.
    this.sandbox.kis.setPrice(OVERSEAS, 50_000, "HASE");
    for (const environment of ["real", "mock"] as const) {
      this.sandbox.kis.hold({ code: BOND, market: "bond", quantity: 1_000 }, { environment });
      for (const market of EXCHANGES) {
        this.sandbox.kis.hold({ code: OVERSEAS, market, quantity: 100 }, { environment });
      }
    }
  }

  client(product: Product, environment: "real" | "mock" = "real"): Kis {
    const name = `${environment} ${product}`;
    const { options, mockOptions } = this.sandbox.kis;
    const own = { account: `${CUSTOMER}-${product}`, store: this.#store };
    const kis = this.#clients.get(name) ?? createKis({ ...(environment === "real" ? options : mockOptions), ...own });
    this.#clients.set(name, kis);
    return kis;
  }
}

const EXCHANGES = ["SEHK", "SHAA", "SZAA", "TKSE", "HASE"];

/** Nothing has happened here yet: what changes something is tried out on it. */
export const fresh = new Setup();

/** A day has been traded here, and pages are short: what is looked up is looked up here. */
export const busy = new Setup({ pageSize: 2 });
await trade(busy.sandbox, (product) => busy.client(product));

export const prices = pricesIn(fresh.sandbox);

/** One way to call an operation. */
export interface Way {
  action?: string;
  /** Fields that decide something. */
  fields: Readonly<Record<string, string>>;
}

/** Every action, and to change an order as well as to cancel it. */
export function waysOf({ trId, request }: Operation): Way[] {
  const actions = typeof trId?.real === "object" ? Object.keys(trId.real) : [undefined];
  return actions.flatMap((action) => {
    const fitting = trId?.when?.[action ?? ""] ?? {};
    const fields = Object.fromEntries(Object.entries(fitting).map(([name, [first = ""]]) => [name, first]));
    const isChange = request?.properties?.RVSE_CNCL_DVSN_CD !== undefined && /rvsecncl$/i.test(request["x-name"] ?? "");
    const changes = fitting.RVSE_CNCL_DVSN_CD ?? (isChange ? ["01", "02"] : undefined);
    const ways = changes?.map((change) => ({ ...fields, RVSE_CNCL_DVSN_CD: change })) ?? [fields];
    return ways.map((way) => ({ ...(action !== undefined && { action }), fields: way }));
  });
}

/** Fields that mean the same wherever they stand. */
const KNOWN: Readonly<Record<string, unknown>> = {
  // Of whatever number, from whatever branch.
  ODNO: "",
  STRT_ODNO: "",
  RSVN_ORD_SEQ: "",
  ORD_GNO_BRNO: "",
  OVRS_RSVN_ODNO: "",
  SLL_TYPE: "",
  // Done or not, cancelled or not.
  PRCS_DVSN_CD: "0",
  CNCL_YN: "Y",
  ORD_DVSN: "00",
  ORD_DVSN_CD: "00",
};

export const FUTURES_ORDER = { SHTN_PDNO: FUTURES, ORD_QTY: 1, UNIT_PRICE: prices.futures.now, ORD_DVSN_CD: "01" };

/** The same where an operation has its own view of a field. */
const KNOWN_HERE: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "domestic-bond-trading.buy": { BOND_ORD_UNPR: prices.bond.now },
  "domestic-bond-trading.sell": { BOND_ORD_UNPR: prices.bond.now, ORD_DVSN: "01" },
  "domestic-bond-trading.orderRvsecncl": { BOND_ORD_UNPR: prices.bond.low },
  "domestic-futureoption-trading.order": FUTURES_ORDER,
  "domestic-futureoption-trading.orderRvsecncl": { ...FUTURES_ORDER, UNIT_PRICE: prices.futures.low },
  "domestic-stock-trading.orderCash": { ORD_UNPR: prices.stock.now },
  "domestic-stock-trading.orderCredit": { ORD_UNPR: prices.stock.now },
  "domestic-stock-trading.orderRvsecncl": { ORD_UNPR: prices.stock.low, CNDT_PRIC: prices.stock.low },
  "overseas-futureoption-trading.order": { PRIC_DVSN_CD: "2", CCLD_CNDT_CD: "2" },
  "overseas-futureoption-trading.orderRvsecncl": { FM_LIMIT_ORD_PRIC: prices.overseasFutures.low },
};

/** Where a period begins, and where it ends. */
const START = /STRT|FROM|FRDT|F_DT|START/;

function dayFor({ request }: Operation, name: string): string {
  const isFirst = /DATE_1$/.test(name) && request?.properties?.FID_INPUT_DATE_2 !== undefined;
  return isFirst || START.test(name) ? "20260102" : TODAY;
}

/** Some documents give a day no format. */
function isDay({ format, examples = [] }: Schema): boolean {
  return format === "yyyymmdd" || /^2026\d{4}$/.test(String(examples[0]));
}

function knownBy(operation: Operation, { fields }: Way): (field: Field) => unknown {
  const here = KNOWN_HERE[nameOf(operation)] ?? {};
  return ({ name, schema }) => {
    if (name in fields) return fields[name];
    if (name in here) return here[name];
    if (name === "OVRS_ORD_UNPR" || name === "FT_ORD_UNPR3") return prices.overseas(fields.OVRS_EXCG_CD ?? "NASD").now;
    if (isDay(schema)) return dayFor(operation, name);
    return operation.module.endsWith("-trading") ? KNOWN[name] : undefined;
  };
}

export interface Case {
  operation: Operation;
  way: Way;
  example: Example;
}

const LEAN = "with as little as possible";
const CHANGES: Readonly<Record<string, string>> = { "01": "정정", "02": "취소" };

/** Every operation in every way, in full and with as little as possible. */
export const cases: readonly (readonly [string, Case])[] = operations.flatMap((operation) =>
  waysOf(operation).flatMap((way) =>
    [undefined, isNeeded].map((passes) => {
      const [example] = examplesOf(operation, { known: knownBy(operation, way), ...(passes && { passes }) });
      if (!example) throw new Error(`${nameOf(operation)} has no example`);
      const { action, fields } = way;
      const input = { ...(action !== undefined && { action }), ...example.input };
      const words = [action, fields.RVSE_CNCL_DVSN_CD && CHANGES[fields.RVSE_CNCL_DVSN_CD], passes && LEAN];
      const title = [nameOf(operation), ...words].filter(Boolean).join(" · ");
      return [title, { operation, way, example: { ...example, input } }] as const;
    }),
  ),
);

export const fullCases = cases.filter(([title]) => !title.endsWith(LEAN));

export function callOf({ module, id }: Pick<Operation, "module" | "id">): Promise<Call> {
  return functionOf<Call>("kis", module, id);
}

/** What callers get: the body without its envelope. */
export function dataOf({ data, response }: Operation): Schema {
  return data ?? response;
}
