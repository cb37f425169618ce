/**
 * What a control is told over HTTP.
 * @module
 */
import type { Json } from "./json.js";

/** @throws Error when there is no such text */
export function text(body: Json, name: string): string {
  const value = body[name];
  if (typeof value !== "string") throw new Error(`${name}: a text is needed`);
  return value;
}

/** @throws Error when there is no such number */
export function count(body: Json, name: string): number {
  const value = body[name];
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0) {
    throw new Error(`${name}: a whole number is needed`);
  }
  return value;
}

/** @throws Error when it is neither */
export function flag(body: Json, name: string): boolean {
  const value = body[name];
  if (typeof value !== "boolean") throw new Error(`${name}: true or false is needed`);
  return value;
}

/** Which requests a control means. */
export function selection(body: Json): { times?: number; path?: string } {
  return {
    ...(body.times !== undefined && { times: count(body, "times") }),
    ...(body.path !== undefined && { path: text(body, "path") }),
  };
}
