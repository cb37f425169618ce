import { isRecord } from "../paths.js";
import type { PagingStyle } from "./pages.js";

/** `page` is sent; `more` says whether there is another one, and `next` which. */
export interface PageStyle {
  readonly page: string;
  readonly more: string;
  readonly next: string;
}

/** What providers write for yes. */
const YES: readonly unknown[] = [true, "true", "Y", "y", 1, "1"];

export function pageStyle({ page, more, next }: PageStyle): PagingStyle {
  return {
    leader: next,
    asking: (input, place) => ({ ...input, [page]: place.next }),
    step({ asked, reply, visited }) {
      const data = isRecord(reply.data) ? reply.data : {};
      visited.add(String(asked[page]));
      if (!YES.includes(data[more])) return undefined;
      const told = data[next];
      const leads = told !== undefined && told !== null && told !== "" && !visited.has(String(told));
      return leads ? { next: told } : "stuck";
    },
    placeIn: ({ next: told }) => (typeof told === "string" || typeof told === "number" ? { next: told } : undefined),
  };
}
