/**
 * Page after page, in the style that the spec names. Loads with the first walk through pages.
 * @module
 */
import { performerOf } from "../call/clients.js";
import type { Reply } from "../call/reply.js";
import { cursorStyle, numberStyle } from "../paging/cursor.js";
import { keyStyle, type Promised } from "../paging/keys.js";
import { pageStyle } from "../paging/page-number.js";
import { type PagingStyle, turnPages } from "../paging/pages.js";
import { walkStyle } from "../paging/walk.js";
import { isRecord } from "../paths.js";
import type { HeaderPagingData } from "./data.js";
import type { ApiOperation, Client, PageOptions, PageReply, ProviderPerformer } from "./operation.js";
import type { Paging } from "./paging.js";

type Headers = Readonly<Record<string, string>>;

export async function* turnProviderPages<Data>(
  client: Client,
  operation: ApiOperation,
  paging: Paging,
  input: object,
  { limit, resume, ...callOptions }: PageOptions,
): AsyncGenerator<PageReply<Data>, void> {
  const performer = performerOf<ProviderPerformer>(client, client.provider, "defineProvider");
  yield* turnPages<PageReply<Data>>(
    {
      ...{ provider: client.provider, operation, limit, resume, resumable: true },
      style: styleOf(paging, performer.paging),
      async ask(asked, place) {
        const headers = place?.headers as Headers | undefined;
        return (await performer.perform(operation, asked, callOptions, headers)) as PageReply<Data>;
      },
    },
    input,
  );
}

function styleOf<R extends Reply<unknown>>(paging: Paging, headers: HeaderPagingData | undefined): PagingStyle<R> {
  if (!("style" in paging)) return pageStyle(paging);
  if (paging.style === "page-number") return numberStyle(paging);
  if (paging.style === "cursor") return cursorStyle(paging);
  if (paging.style === "walk") return walkStyle(paging);
  if (!headers) return keyStyle<R>(paging);
  if (paging.style === "header-key") return askedByHeaders(keyStyle<R>(paging, promisedBy(headers)), headers);
  return paging.continued ? askedByHeaders(keyStyle<R>(paging), headers) : keyStyle<R>(paging);
}

function promisedBy({ more, values }: HeaderPagingData): (reply: Reply<unknown>) => Promised {
  return ({ response }) => (values.includes(response.headers.get(more)?.trim() ?? "") ? "more" : "end");
}

/** The style, with headers that ask for a further page: constants, and values of the answer's own headers. */
function askedByHeaders<R extends Reply<unknown>>(style: PagingStyle<R>, { ask }: HeaderPagingData): PagingStyle<R> {
  const valueIn = ({ headers }: Response, value: string) =>
    value.startsWith("=") ? (headers.get(value.slice(1)) ?? "") : value;
  return {
    ...style,
    step(page) {
      const step = style.step(page);
      if (!isRecord(step)) return step;
      const entries = Object.entries(ask).map(([name, value]) => [name, valueIn(page.reply.response, value)]);
      return { ...step, headers: Object.fromEntries(entries) };
    },
    placeIn(token) {
      const place = style.placeIn(token);
      const { headers } = token;
      const isOurs =
        isRecord(headers) && Object.entries(headers).every(([name, value]) => name in ask && typeof value === "string");
      return place && isOurs ? { ...place, headers } : undefined;
    },
  };
}
