import type { Advice } from "../errors/advice.js";

type Table = { readonly [advice in Advice]?: string };

/** The advice of `specs/openbanking/result-codes.yaml`, in short: a test holds the two together. */
const CODES: Table = {
  success: "A0000 O0000",
  "fix-request": "A0004 A0005 A0304 A0307 A0313 A0321 A0324 A0325 A0335 O0001 O0010 O0011",
  apply: `
    A0010 A0011 A0012 A0013 A0015 A0301 A0302 A0303 A0308 A0317 A0318 A0320 A0322 A0327 A0336 O0004 O0005 O0006`,
  "ask-user": "A0305 A0306 A0312 A0314 A0315 A0316 A0319 A0332 A0334 O0014 O0015",
  "re-register": "A0014 A0323 A0337",
  limit: "A0101 A0102 A0103 A0104 A0105 A0106 A0111 A0112",
  empty: "A0018 A0309 A0310 A0311",
  unavailable: "A0019 A0020",
  retry: "A0331 O0007",
  "cool-down": "O0008 O0009 O0012 O0013",
  "check-outcome": "A0001 A0002 A0003 A0006 A0007 A0008 A0009 A0016 A0017 A0326",
  "renew-token": "O0002 O0003",
  report: "A0021",
};

/** The same of `specs/openbanking/bank-result-codes.yaml`. */
const BANK_CODES: Table = {
  success: "000",
  apply: "818",
  "ask-user": `
    412 413 414 415 416 417 418 419 420 421 422 424 425 426 427 428 431 432 433 452 453 454 458 461 462 463 467
    468 470 471 472 473 474 475 476 477 490`,
  "re-register": "464 551 555 556",
  limit: "455 456",
  empty: "701",
  "check-outcome": "400 803 804 819 822",
  report: "499",
};

/** What a program should do about a `rsp_code`; undefined when nobody knows the code. */
export function adviceOf(code: string): Advice | undefined {
  return find(CODES, code);
}

/** The same of a `bank_rsp_code`. */
export function bankAdviceOf(code: string): Advice | undefined {
  return find(BANK_CODES, code);
}

function find(table: Table, code: string): Advice | undefined {
  return (Object.keys(table) as Advice[]).find((advice) => table[advice]?.split(/\s+/).includes(code));
}
