/**
 * Header names as they are on the providers' wires: clients by others look them up by their letters.
 * @module
 */
import type { ServerResponse } from "node:http";

/** `content-type` → `Content-Type`; names that are the provider's own, such as `tr_cont`, stay as they are. */
function capitalized(name: string): string {
  return name.includes("_") ? name : name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

/** Has a response write its header names in capitals. */
export function capitalizeHeaders(response: Pick<ServerResponse, "writeHead">): void {
  const writeHead = response.writeHead.bind(response) as (...given: unknown[]) => ServerResponse;
  response.writeHead = ((status: number, ...given: unknown[]) =>
    writeHead(status, ...given.map(renamed))) as typeof response.writeHead;
}

function renamed(given: unknown): unknown {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return given;
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [capitalized(name), value]));
}
