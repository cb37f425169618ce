/**
 * What a control is told over HTTP.
 * @module
 */
import type { NetworkFault, Selection } from "./faults.js";
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
export function selection(body: Json): Selection {
  return {
    ...(body.times !== undefined && { times: count(body, "times") }),
    ...optionalText(body, "path"),
  };
}

const FLAGS = ["drop", "silent", "carriedOut"] as const;

/** What all faults have in common. */
export function faultIn(body: Json): NetworkFault {
  const flags = FLAGS.flatMap((name) => (body[name] === undefined ? [] : [[name, flag(body, name)]]));
  return {
    ...(body.status !== undefined && { status: count(body, "status") }),
    ...optionalText(body, "code"),
    ...(body.body !== undefined && { body: body.body }),
    ...Object.fromEntries(flags),
    ...selection(body),
  };
}

/** A text that may be left out, as a member of its name. */
export function optionalText<Name extends string>(body: Json, name: Name): { [name in Name]?: string } {
  return (body[name] === undefined ? {} : { [name]: text(body, name) }) as { [name in Name]?: string };
}
