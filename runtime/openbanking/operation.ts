import type { ApiOperation } from "../call/operation.js";

/** What the runtime has to know of an operation: written by the generator, never by hand. */
export interface OpenBankingOperation extends ApiOperation {
  /** Whose token it takes: `none` (the OAuth paths), or what opens it. Absent: the user's if there is one, else the institution's. */
  readonly auth?: "none" | TokenChoice;
}

export interface TokenChoice {
  /** The scope that the user must have granted, any one of several; absent when a user's token does not open it. */
  readonly user?: string | readonly string[];
  /** The kinds of institution whose own token opens it. */
  readonly institution?: readonly string[];
}
