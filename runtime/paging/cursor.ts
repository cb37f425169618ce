import { textAt } from "./keys.js";
import type { PagingStyle } from "./pages.js";

/** `cursor` is sent; another page is there as long as the answer brings something at `next`. */
export interface CursorStyle {
  readonly cursor: string;
  readonly next: string;
}

export function cursorStyle({ cursor, next }: CursorStyle): PagingStyle {
  return {
    leader: next,
    asking: (input, place) => ({ ...input, [cursor]: place.next }),
    step({ asked, reply, visited }) {
      visited.add(String(asked[cursor] ?? ""));
      const told = textAt(reply.data, next);
      if (told === "") return undefined;
      return visited.has(told) ? "stuck" : { next: told };
    },
    placeIn: ({ next: told }) => (typeof told === "string" && told !== "" ? { next: told } : undefined),
  };
}

/** `page` counts up until `list` is empty, or until the number at `last` has been reached. */
export interface NumberStyle {
  readonly page: string;
  readonly list: string;
  readonly first?: number;
  readonly last?: string;
}

export function numberStyle({ page, list, first = 1, last }: NumberStyle): PagingStyle {
  return {
    leader: page,
    asking: (input, place) => ({ ...input, [page]: place.page }),
    step({ asked, reply }) {
      const current = Number(asked[page] ?? first);
      const end = last === undefined ? Number.NaN : Number(textAt(reply.data, last) || Number.NaN);
      const isLast = Number.isNaN(end) ? itemsAt(reply.data, list) === 0 : current >= end;
      return isLast ? undefined : { page: current + 1 };
    },
    placeIn: ({ page: told }) => (Number.isSafeInteger(told) ? { page: told } : undefined),
    // A page behind the last one is how most of them say that there is no more.
    unseen: (data) => (itemsAt(data, list) === 0 ? undefined : data),
  };
}

function itemsAt(data: unknown, list: string): number {
  const found = list.split(".").reduce<unknown>((node, name) => (node as Record<string, unknown>)?.[name], data);
  const items = list === "" ? data : found;
  return Array.isArray(items) ? items.length : 0;
}
