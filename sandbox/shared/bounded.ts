/** Remembers what was made, up to a number; then it forgets what it has known longest. */
export function bounded<Value>(limit: number) {
  const known = new Map<string, Value>();
  return {
    get(key: string, make: () => Value): Value {
      const found = known.get(key);
      if (found !== undefined) return found;
      const made = make();
      known.set(key, made);
      const [oldest] = known.keys();
      if (known.size > limit && oldest !== undefined) known.delete(oldest);
      return made;
    },
    clear: () => known.clear(),
  };
}
