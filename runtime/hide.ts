/** Adds properties that logs, `JSON.stringify` and `util.inspect` do not show. */
export function hide(target: object, properties: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(properties))
    Object.defineProperty(target, key, { value, configurable: true });
}
