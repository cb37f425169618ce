import { messageFor } from "./messages.js";

/** KIS does not do it: the reason goes back in the envelope, with HTTP 200, or 500 when the gateway says so. */
export class Refusal extends Error {
  readonly code: string;

  /** @param message default: what KIS says with that code */
  constructor(code: string, message: string = messageFor(code)) {
    super(message);
    this.code = code;
  }
}
