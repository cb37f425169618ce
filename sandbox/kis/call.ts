import type { Market } from "../exchange/market/market.js";
import type { Account } from "./account.js";
import type { Environment } from "./credentials.js";
import type { Facts, Sections } from "./facts.js";
import type { Input } from "./quotes/subject.js";
import { Refusal } from "./refusal.js";
import type { KisRoute } from "./routes.js";

/** A request that has been let in. */
export interface Call {
  route: KisRoute;
  environment: Environment;
  /** Parameters by name in upper case. */
  input: Input;
  /** Which of its actions the tr_id stands for; undefined where there is one tr_id. */
  action: string | undefined;
  /** Whose account it names. */
  account: Account | undefined;
  market: Market;
}

/** What an operation answers. */
export interface Outcome {
  sections: Sections;
  /** Fields that stand in no section. */
  top?: Facts;
  /** Default: what look-ups say. */
  code?: string;
}

export type Handler = (call: Call) => Outcome;

/** The account that a request is about. @throws Refusal when it names none */
export function accountOf({ account }: Call): Account {
  if (!account) throw new Refusal("OPSQ2000");
  return account;
}

export function inputOf({ input }: Call, name: string): string {
  return (input[name] ?? "").trim();
}
