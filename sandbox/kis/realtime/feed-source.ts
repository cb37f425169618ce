import type { Feed } from "../../../generator/model.js";
import type { Market, Trade } from "../../exchange/market/market.js";
import { either, type Facts, known, nothing, type Value, written } from "../facts.js";
import { type Filler, madeUp } from "../filler.js";
import { quoteOf } from "../quotes/quote-facts.js";
import { instrumentOf } from "./feeds.js";
import { liveFacts } from "./live-facts.js";

/** What is to stand in a record. */
export interface SynthesisContext {
  /** The trade that it tells of. Default the last one of the market. */
  trade?: Trade | undefined;
  /** Columns by name, in whatever case: they go before all else. */
  given?: Readonly<Record<string, Value>>;
}

/** Makes the records of feeds: out of the market where that knows, from the spec where it does not. */
export class FeedSource {
  readonly #market: Market;
  readonly #filler: Filler;
  #row = 0;

  constructor(market: Market, seed: string | number) {
    this.#market = market;
    this.#filler = madeUp(`${seed}/realtime`, market.now);
  }

  /** The columns of a feed in their order, joined. */
  record(feed: Feed, trKey: string, { trade, given = {} }: SynthesisContext): string {
    const facts = either(givenFacts(given), keyFacts(feed, trKey), this.#marketFacts(feed, trKey, trade));
    const { properties = {} } = feed.record;
    const row = this.#row++;
    return feed.columns
      .map((column) => facts(column.toLowerCase()) ?? (this.#filler(column, properties[column] ?? {}, row) as Value))
      .map((value) => written(value).replaceAll("^", " "))
      .join("^");
  }

  reset(): void {
    this.#row = 0;
  }

  #marketFacts(feed: Feed, trKey: string, trade?: Trade): Facts {
    const instrument = instrumentOf(feed, trKey);
    if (!instrument) return nothing;
    const last = trade ?? this.#market.latest(instrument, 1)[0];
    const quote = quoteOf(this.#market, instrument);
    return last ? liveFacts({ quote, trade: last, now: this.#market.now }) : nothing;
  }
}

function keyFacts({ keyColumn }: Feed, trKey: string): Facts {
  return keyColumn === undefined ? nothing : known({ [keyColumn.toLowerCase()]: trKey });
}

function givenFacts(given: Readonly<Record<string, Value>>): Facts {
  const entries = Object.entries(given).map(([name, value]) => [name.toLowerCase(), value] as const);
  return known(Object.fromEntries(entries));
}
