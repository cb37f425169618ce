import { readFileSync } from "node:fs";

/** A request and its answer as CODEF's published guides print them; passwords stand in plain text. */
export interface Sample<Request = Record<string, unknown>> {
  path: string;
  request: Request;
  response: { result: { code: string; message: string; extraMessage: string; transactionId?: string }; data: unknown };
}

export function sample<Request = Record<string, unknown>>(name: string): Sample<Request> {
  return json(name) as Sample<Request>;
}

export function json(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), "utf8"));
}
