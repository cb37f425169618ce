/** Each value made when it is first asked for, and `made` for those that were. */
export interface Lazily<T extends object> {
  lazy: T;
  made(): T[keyof T][];
}

export function lazily<T extends object>(makers: { readonly [K in keyof T]: () => T[K] }): Lazily<T> {
  const values = new Map<keyof T, T[keyof T]>();
  const lazy = {} as T;
  for (const name of Object.keys(makers) as (keyof T)[]) {
    Object.defineProperty(lazy, name, {
      enumerable: true,
      get() {
        const value = values.get(name) ?? makers[name]();
        values.set(name, value);
        return value;
      },
    });
  }
  return { lazy, made: () => [...values.values()] };
}
