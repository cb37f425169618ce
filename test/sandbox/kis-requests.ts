/**
 * A request for every operation, made from its spec: examples, fixed values, codes, and what a parameter of that name is about.
 * @module
 */
import type { Operation, Schema } from "kofin/generator";
import { operationsIn } from "../contract/specs.js";
import { ACCOUNT, specs } from "./kis-client.js";

export const operations = operationsIn(specs);

/** The tr_ids of an operation, with the action that each stands for. */
export function trIdsOf({ trId }: Operation, environment: "real" | "mock"): { action: string; trId: string }[] {
  const ids = trId?.[environment] ?? {};
  return typeof ids === "string"
    ? [{ action: "", trId: ids }]
    : Object.entries(ids).map(([action, id]) => ({ action, trId: id }));
}

/** Every parameter that must be there. */
export function requestOf({ request, trId, path }: Operation, action = ""): Record<string, string> {
  const fits = trId?.when?.[action] ?? {};
  const entries = Object.entries(request?.properties ?? {}).flatMap(([name, schema]) => {
    const isNeeded = request?.required?.includes(name) || Object.hasOwn(ACCOUNT, name) || Object.hasOwn(fits, name);
    return isNeeded ? [[name, fits[name]?.[0] ?? valueFor(name, schema, path, action)] as const] : [];
  });
  return Object.fromEntries(entries);
}

function valueFor(name: string, schema: Schema, path: string, action: string): string {
  const upper = name.toUpperCase();
  if (Object.hasOwn(ACCOUNT, upper)) return ACCOUNT[upper as keyof typeof ACCOUNT];
  const told = toldBy(upper, path, action);
  if (told !== undefined) return told;
  const { const: constant, default: usual, examples, enum: choices, "x-codes": codes } = schema;
  const shown = constant ?? usual ?? examples?.[0] ?? choices?.[0] ?? Object.keys(codes ?? {})[0];
  return typeof shown === "string" ? shown : "";
}

/** Prices that orders of the specs would not have at this moment, and instruments. */
function toldBy(name: string, path: string, action: string): string | undefined {
  const isOverseas = path.includes("/overseas-stock/") || path.includes("/overseas-price/");
  if (/ORD_QTY2?$/.test(name)) return "10";
  if (/^(ORD_UNPR|UNIT_PRICE|OVRS_ORD_UNPR|FT_ORD_UNPR3|BOND_ORD_UNPR|FM_LIMIT_ORD_PRIC|FM_STOP_ORD_PRIC)$/.test(name))
    return priceFor(path, action);
  // Futures at the market: what the example's contract costs is nobody's business here.
  if (name === "ORD_DVSN" || name === "ORD_DVSN_CD") return path.includes("futureoption") ? "02" : "00";
  if (name === "PDNO" && path.includes("/domestic-bond/")) return "KR6000001D91";
  if (name === "PDNO" && isOverseas && /\/order/.test(path)) return "TEST";
  if (name === "SYMB" && isOverseas) return "AAPL";
  return undefined;
}

function priceFor(path: string, action: string): string {
  if (path.includes("/domestic-bond/")) return "10000";
  if (path.includes("/domestic-futureoption/")) return "0.05";
  if (path.includes("/overseas-futureoption/")) return "1000";
  if (path.includes("/domestic-stock/")) return "70000";
  return /^(jp|vn)/.test(action) ? "5000" : "100";
}
