/**
 * Field paths as the generator writes them into operation constants: `connectedId`, `accountList[].password`, `[].resItem` below
 * a list, and `""` for the value itself.
 * @module
 */

export type Json = Record<string, unknown>;

export function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Returns `root` with `change` applied to what stands at `path`, copying only what lies on the way.
 * A missing leaf is visited as `undefined` as long as its parent exists; a missing parent is left alone.
 */
export function mapPath(root: unknown, path: string, change: (leaf: unknown) => unknown): unknown {
  return path === "" ? change(root) : walk(root, path.split("."), 0, change);
}

function walk(node: unknown, path: string[], at: number, change: (leaf: unknown) => unknown): unknown {
  const segment = path[at];
  if (segment === undefined) return change(node);
  if (segment === "[]") return Array.isArray(node) ? node.map((item) => walk(item, path, at + 1, change)) : node;
  if (!isRecord(node)) return node;
  const many = segment.endsWith("[]");
  const key = many ? segment.slice(0, -2) : segment;
  const before = node[key];
  const after = many ? walk(before, ["[]", ...path.slice(at + 1)], 0, change) : walk(before, path, at + 1, change);
  return after === before ? node : { ...node, [key]: after };
}

/** Every value that stands at one of `paths`, missing ones left out. */
export function valuesAt(root: unknown, paths: readonly string[]): unknown[] {
  const found: unknown[] = [];
  for (const path of paths) {
    mapPath(root, path, (leaf) => {
      if (leaf !== undefined && leaf !== null) found.push(leaf);
      return leaf;
    });
  }
  return found;
}

/** `req_list[]` and `tran_amt` → `req_list[].tran_amt`. */
export function join(path: string, below: string): string {
  return path === "" ? below : `${path}.${below}`;
}
