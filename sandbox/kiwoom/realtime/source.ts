/**
 * What the web socket of Kiwoom needs of the rest of the mock: who may log in, what there is to register, and what records say.
 * @module
 */

/** The two sockets. */
export type Market = "domestic" | "us";

/** FID → text. */
export type Values = Readonly<Record<string, string>>;

/** What a condition has found. */
export interface FoundStock {
  /** `A005930`, or a ticker. */
  code: string;
  /** Of US stocks: `ND`, `NY`, `NA`. */
  exchange?: string;
  /** What `CNSRREQ` answers of it besides its code. */
  values?: Values;
}

export interface SandboxCondition {
  seq: string;
  name: string;
  stocks: readonly FoundStock[];
}

/** An element of `item`: a code, or `AAPL` with its exchange. */
export interface Item {
  code: string;
  exchange?: string;
}

export interface RealtimeSource {
  /** Whether a token may log in. */
  isGood(token: string): boolean;
  /** Whether there is such a thing to register: what there is not is refused with 1902. */
  knows(type: string, item: Item): boolean;
  /** What the market says of it now, when it moves. Undefined: nothing happens to it. */
  move(type: string, item: Item): Values | undefined;
  conditions(market: Market): readonly SandboxCondition[];
}
