/**
 * What the sandbox knows about an answer, by wire name. An answer takes from it what its schema asks for; the rest is filled in.
 * @module
 */
export type Value = string | number;

/** The value of a field; its name comes in lower case, because KIS itself is not sure of the case. */
export type Facts = (field: string) => Value | undefined;

/** What an answer is made of: the facts of an object, or of each row of a list, by the name of the section. */
export type Sections = Readonly<Record<string, Facts | readonly Facts[]>>;

/** Facts that are worked out when asked for. */
export function computed<Subject>(
  table: Readonly<Record<string, (subject: Subject) => Value | undefined>>,
  subject: Subject,
): Facts {
  return (field) => (Object.hasOwn(table, field) ? table[field]?.(subject) : undefined);
}

export function known(values: Readonly<Record<string, Value | undefined>>): Facts {
  return (field) => (Object.hasOwn(values, field) ? values[field] : undefined);
}

export const nothing: Facts = () => undefined;

/** Whichever knows first. */
export function either(...sources: readonly Facts[]): Facts {
  return (field) => {
    for (const source of sources) {
      const value = source(field);
      if (value !== undefined) return value;
    }
    return undefined;
  };
}

/** A number as KIS writes it: plain digits, never an exponent. */
export function written(value: Value): string {
  if (typeof value === "string") return value;
  if (Number.isInteger(value)) return value.toFixed(0);
  return value.toFixed(4).replace(/\.?0+$/, "");
}
