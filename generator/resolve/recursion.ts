import type { SpecFolder } from "../read/folder.js";
import { addressOf, follow, type Located } from "../read/ref.js";
import { refsIn } from "../read/refs-in.js";
import type { RefSite } from "../read/survey.js";

/**
 * The addresses of schemas that contain themselves, by way of others even: the members of every circle of refs (Tarjan's strongly
 * connected components, without a recursion of its own that a long chain could exhaust).
 */
export function recursiveAddresses(folder: SpecFolder, refs: readonly RefSite[]): ReadonlySet<string> {
  const edges = new Map<string, string[]>();
  const waiting: Located[] = refs.flatMap(({ source, ref }) => targetOf(folder, source, ref));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const address = addressOf(next);
    if (edges.has(address)) continue;
    const { source } = next;
    const targets = refsIn(next).flatMap((ref) => targetOf(folder, source, ref));
    edges.set(address, targets.map(addressOf));
    waiting.push(...targets);
  }
  return new Set(
    components(edges).flatMap((members) => {
      const [only = ""] = members;
      return members.length > 1 || edges.get(only)?.includes(only) ? members : [];
    }),
  );
}

function targetOf(folder: SpecFolder, source: Located["source"], ref: unknown): Located[] {
  const found = typeof ref === "string" ? follow(folder, source, ref) : undefined;
  return found === undefined || "broken" in found ? [] : [found];
}

function components(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const found: string[][] = [];
  for (const root of edges.keys()) {
    if (index.has(root)) continue;
    const path: { node: string; next: number }[] = [{ node: root, next: 0 }];
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const { node } = step;
      if (step.next === 0 && !index.has(node)) {
        index.set(node, index.size);
        low.set(node, index.size - 1);
        open.push(node);
        isOpen.add(node);
      }
      const child = edges.get(node)?.[step.next++];
      if (child !== undefined) {
        if (!index.has(child)) path.push({ node: child, next: 0 });
        else if (isOpen.has(child)) low.set(node, Math.min(low.get(node) ?? 0, index.get(child) ?? 0));
        continue;
      }
      path.pop();
      const parent = path.at(-1)?.node;
      if (parent !== undefined) low.set(parent, Math.min(low.get(parent) ?? 0, low.get(node) ?? 0));
      if (low.get(node) === index.get(node)) {
        const members = open.splice(open.indexOf(node));
        for (const member of members) isOpen.delete(member);
        found.push(members);
      }
    }
  }
  return found;
}
