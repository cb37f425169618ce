import type { Advice } from "../../errors/advice.js";
import { KofinError } from "../../errors/kofin-error.js";

/**
 * A consent did not come about, or is used up: there is no code to exchange, or nothing to refresh with. Codes:
 *
 * | code | what happened |
 * |---|---|
 * | `STATE_MISMATCH` | the callback does not belong to the consent that this browser was sent to: treat it as an attack |
 * | `CALLBACK_INVALID` | it carries no code, or one of its values twice |
 * | `CONSENT_ENDED` | the user's token has ended and none came with it to refresh it: send the user to consent again |
 * | `USER_MISMATCH` | a refresh was answered with the token of somebody else; it was thrown away |
 * | anything else | the center's own `error`, such as `access_denied`; `description` is its `error_description` |
 */
export class ConsentError extends KofinError {
  readonly advice: Advice = "ask-user";
  /** The center's words; undefined when it has none. They came through the browser, so anyone may have written them. */
  readonly description: string | undefined;

  constructor(code: string, message: string, description?: string) {
    super(code, message, { provider: "openbanking", operation: "oauth.authorize" });
    this.description = description;
  }
}
