import type { Advice } from "../errors/advice.js";
import type { KisOperation } from "./operation.js";

/**
 * The advice of `specs/kis/result-codes.yaml`, in short: a test holds the two together. What is not listed is `report` for the
 * gateway and its servers (EGW, OPSQ, OPSP), and `ask-user` for everything behind them: there a business refusal says in `msg1`
 * what is wrong.
 */
const ADVICE: { readonly [advice in Advice]?: string } = {
  success: `
    MCA00000 KIOK0420 KIOK0430 KIOK0460 KIOK0490 KIOK0500 KIOK0510 KIOK0530 APBK0013 APBK0029 APBK1711 APBK2938
    APRP0126 OPSP0000 OPSP0001 OPSP0002`,
  empty: "KIOK0560 APBK1631",
  retry: "EGW00001 EGW00002 EGW00201 EGW00215 EGW00316 OPSP0007",
  apply: "EGW00003 EGW00004 EGW00103 EGW00105 EGW00130 EGW00206 EGW00303 EGW00304 EGW00550 OPSP0009 OPSP0010",
  "fix-request": `
    EGW00101 EGW00102 EGW00104 EGW00106 EGW00107 EGW00108 EGW00109 EGW00110 EGW00111 EGW00112 EGW00113 EGW00114
    EGW00115 EGW00116 EGW00117 EGW00118 EGW00119 EGW00120 EGW00124 EGW00125 EGW00126 EGW00127 EGW00128 EGW00129
    EGW00131 EGW00132 EGW00203 EGW00205 EGW00207 EGW00208 EGW00209 EGW00211 EGW00212 EGW00213 EGW00310 OPSQ0002
    OPSQ2000 OPSQ2001 OPSQ2002 OPSQ2003 OPSQ9995 OPSQ9996 OPSQ9997 OPSQ9998 OPSQ9999 APBK0656 OPSP0003 OPSP8991
    OPSP8992 OPSP8993 OPSP8994 OPSP8995 OPSP8997 OPSP8998 OPSP9990 OPSP9991 OPSP9992 OPSP9993 OPSP9994 OPSP9995
    OPSP9996 OPSP9997 OPSP9998 OPSP9999`,
  "renew-token": "EGW00121 EGW00122 EGW00123 OPSP0011",
  "cool-down": "EGW00133 OPSP8996",
  "check-outcome": `
    EGW00202 EGW00204 EGW00300 EGW00301 EGW00302 90020000 OPSQ0003 OPSQ0004 OPSQ0005 OPSQ0006 OPSQ0007 OPSQ0008
    OPSQ0009 OPSQ0010 OPSQ0011 OPSQ1002 OPSQ3001 OPSQ3002 OPSQ3004`,
  environment: "EGW00210 EGW02004 EGW02006",
  "ask-user": "APBK0400 APBK0918 APBK0919 APBK0955 APBK1234 APBK1664 APBK1943 APBK3013",
  limit: "OPSP0008",
  unavailable: "OPSP8999",
};

/** The limiters stand before everything else: what they refuse has not been processed. */
export const RATE_CODES: readonly string[] = ["EGW00201", "EGW00215"];

/** The gateway found no way, or none in time. To a look-up that does no harm. */
const HARMLESS_TO_READS = "EGW00300";

/** The answers that say for certain that an order was not accepted. */
const REFUSALS: readonly Advice[] = [
  "ask-user",
  "fix-request",
  "apply",
  "environment",
  "renew-token",
  "cool-down",
  "limit",
  "empty",
];

/** What a program should do about a result code of KIS, known or not. */
export function adviceOf(code: string): Advice {
  return listed(code) ?? (/^(EGW|OPS)/.test(code) ? "report" : "ask-user");
}

/**
 * The same for an answer to `operation`. An order counts as refused only where the answer says so: what is temporary, internal or
 * unknown to a gateway, and any code that nobody knows on a server's failure, leaves open what became of it.
 */
export function adviceFor({ retry }: Pick<KisOperation, "retry">, code: string, status: number): Advice {
  const advice = adviceOf(code);
  if (retry === "safe") return code === HARMLESS_TO_READS ? "retry" : advice;
  if (RATE_CODES.includes(code)) return advice;
  const isKnown = status < 500 || listed(code) !== undefined;
  return isKnown && REFUSALS.includes(advice) ? advice : "check-outcome";
}

function listed(code: string): Advice | undefined {
  if (code.length < 8) return undefined;
  return (Object.keys(ADVICE) as Advice[]).find((advice) => ADVICE[advice]?.includes(code));
}
