/**
 * What a program should do about an answer, in one word. The same words stand in `specs/README.md`, "Result codes".
 *
 * | word | what to do |
 * |---|---|
 * | `success`, `continue`, `empty` | nothing is wrong: done, answer the challenge, nothing was found |
 * | `retry` | send the same request again after a pause; kofin does where the operation may be repeated |
 * | `cool-down` | leave the institution or the gateway alone for minutes |
 * | `limit` | a daily or quantity limit is used up |
 * | `ask-user` | the user has to correct, confirm or consent to something; never again by itself, it could lock the login |
 * | `re-register` | the provider does not know the user or the account, or not any more: register it, or update it |
 * | `fix-request` | a parameter is wrong: a programmer's matter |
 * | `apply` | a subscription, permission or allowed IP is missing in the provider's console |
 * | `environment` | token and host belong to different environments |
 * | `renew-token` | the token was refused; kofin asks for a new one with the next call |
 * | `unavailable` | the institution or the service is closed for now |
 * | `check-outcome` | nobody knows what became of it: find out before doing it again |
 * | `report` | the provider's trouble, or a code that nobody knows: ask its support, with the transactionId if there is one |
 */
export type Advice =
  | "success"
  | "continue"
  | "empty"
  | "retry"
  | "cool-down"
  | "limit"
  | "ask-user"
  | "re-register"
  | "fix-request"
  | "apply"
  | "environment"
  | "renew-token"
  | "unavailable"
  | "check-outcome"
  | "report";
