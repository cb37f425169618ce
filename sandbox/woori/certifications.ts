/**
 * 휴대폰인증: a text message with a number, and the accounts of whoever types it in.
 * @module
 */
import type { Json } from "../shared/json.js";
import type { Identifiers } from "../shared/random.js";
import { type Bank, isPayable } from "./bank.js";
import { type Outcome, refusedByBank } from "./codes.js";

/** The number in every text message of the sandbox. */
export const WOORI_SMS_CODE = "123456";

const TRIES = 3;

interface Waiting {
  /** 주민등록번호, both parts. */
  person: string;
  left: number;
}

export class Certifications {
  readonly #ids: () => Identifiers;
  readonly #waiting = new Map<string, Waiting>();

  constructor(ids: () => Identifiers) {
    this.#ids = ids;
  }

  begin(body: Json): Outcome {
    const number = this.#ids().hex(20);
    this.#waiting.set(number, { person: personOf(body), left: TRIES });
    return { fields: { CRTF_UNQ_NO: number, VCNT: TRIES } };
  }

  /** Wrong three times, and the number on the phone is worth nothing any more. */
  confirm(body: Json, bank: Bank): Outcome {
    const number = String(body.CRTF_UNQ_NO);
    const waiting = this.#waiting.get(number);
    if (waiting?.person !== personOf(body)) return refusedByBank("noCertification");
    waiting.left -= 1;
    const isRight = body.ENCY_SMS_CRTF_NO === WOORI_SMS_CODE;
    if (isRight || waiting.left === 0) this.#waiting.delete(number);
    if (!isRight) return refusedByBank("wrongCode");
    return { fields: { REPT_FA: bank.accounts.filter(isPayable).map(({ ACNO }) => ({ CUS_USG_ACNO: ACNO })) } };
  }

  clear(): void {
    this.#waiting.clear();
  }
}

function personOf({ RRNO_BFNB, ENCY_RRNO_LSNM }: Json): string {
  return `${RRNO_BFNB}-${ENCY_RRNO_LSNM}`;
}
