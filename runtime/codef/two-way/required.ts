import { type AnswerContext, ProviderError, type Refusal } from "../../errors/answer.js";
import { hide } from "../../errors/kofin-error.js";
import type { Challenge } from "./challenge.js";

/** 추가인증 where the spec does not announce it. `challenge` goes to `answerChallenge` like any other; it is not enumerable. */
export class TwoWayRequiredError extends ProviderError {
  declare readonly challenge: Challenge;

  constructor(challenge: Challenge, refusal: Refusal, context: AnswerContext) {
    super(refusal, context);
    hide(this, { challenge });
  }
}
