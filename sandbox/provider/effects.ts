import type { Clock } from "../shared/clock.js";
import { isRecord, type Json } from "../shared/json.js";
import type { Effect } from "./controls.js";
import type { ProviderRoute } from "./routes.js";

/** What was carried out that must not be done twice. */
export class Effects {
  readonly #clock: Clock;
  readonly #all: { effect: Effect; body: unknown }[] = [];
  readonly #pending = new Set<string>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get all(): readonly Effect[] {
    return this.#all.map(({ effect }) => structuredClone(effect));
  }

  /** Whether a request with the same key is being carried out. */
  isPending(route: ProviderRoute, input: Json): boolean {
    return this.#pending.has(pendingName(route, input));
  }

  /** @returns what ends it */
  begin(route: ProviderRoute, input: Json): () => void {
    const name = pendingName(route, input);
    if (keyOf(route, input) === undefined) return () => {};
    this.#pending.add(name);
    return () => this.#pending.delete(name);
  }

  /** @param body the whole of the answer, to be given again */
  add(route: ProviderRoute, input: Json, data: unknown, body: unknown): void {
    const key = keyOf(route, input);
    const effect: Effect = {
      operation: route.name,
      at: this.#clock(),
      input,
      ...(key !== undefined && { idempotencyKey: key }),
      data,
    };
    this.#all.push(structuredClone({ effect, body }));
  }

  /**
   * What was answered under the same key, as long as the provider remembers it.
   * @returns `reused` when that was to another request
   */
  repeated(route: ProviderRoute, input: Json): { body: unknown } | "reused" | undefined {
    const key = keyOf(route, input);
    const seconds = route.operation.idempotency?.seconds ?? Number.POSITIVE_INFINITY;
    const found = this.#all.findLast(
      ({ effect }) =>
        key !== undefined &&
        effect.operation === route.name &&
        effect.idempotencyKey === key &&
        this.#clock() - effect.at < seconds * 1_000,
    );
    if (!found) return undefined;
    return JSON.stringify(found.effect.input) === JSON.stringify(input) ? { body: found.body } : "reused";
  }

  /** Those of some operations, oldest first. */
  of(routes: readonly ProviderRoute[]): readonly Effect[] {
    const names = routes.map(({ name }) => name);
    return this.#all.map(({ effect }) => effect).filter(({ operation }) => names.includes(operation));
  }

  clear(): void {
    this.#all.length = 0;
    this.#pending.clear();
  }
}

function keyOf({ operation: { idempotency } }: ProviderRoute, input: Json): string | undefined {
  const key = idempotency && input[idempotency.field];
  return key === undefined || key === "" ? undefined : String(key);
}

function pendingName(route: ProviderRoute, input: Json): string {
  return `${route.name} ${keyOf(route, input) ?? ""}`;
}

/** Everything that is known of an effect, by field: what was asked, and what was answered. */
export function valuesOf({ input, data }: Effect): Json {
  return { ...flat(input), ...flat(data) };
}

/** Fields of an object and of the objects in it; lists stay out. */
function flat(value: unknown): Json {
  if (!isRecord(value)) return {};
  const entries = Object.entries(value).flatMap(([name, inner]): [string, unknown][] => {
    if (isRecord(inner)) return Object.entries(flat(inner));
    return Array.isArray(inner) || inner === undefined ? [] : [[name, inner]];
  });
  return Object.fromEntries(entries);
}
