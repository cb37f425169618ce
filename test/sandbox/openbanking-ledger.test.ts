/**
 * The promise that matters most: whatever becomes of requests and answers on their way, a client that settles what it does not know
 * has the same books as the banks, and no transfer happens twice.
 * @module
 */
import { OutcomeUnknownError, settle, type Transport } from "kofin";
import { authorizeUrl, createOpenBanking, exchangeCode, readCallback, settleTransfer } from "kofin/openbanking";
import { transferDepositAcntNum, transferWithdrawFinNum } from "kofin/openbanking/transfer";
import { createSandbox, type OpenAnswer } from "kofin/sandbox";
import { expect, test } from "vitest";
import { between, random } from "../../sandbox/shared/random.js";

const TRANSFERS = 1_000;
const next = random("ledger");
const chance = (percent: number) => next() * 100 < percent;

const OPEN_ANSWERS: readonly OpenAnswer[] = [
  ...(["A0001", "A0003", "A0007", "A0017", "400", "803", "804", "819", "822"] as const),
  ...([500, 502, 503, "drop"] as const),
];

const limits = Object.fromEntries(
  [
    "withdrawOnce",
    "withdrawDay",
    "withdrawMonth",
    "userOnce",
    "userDay",
    "depositOnce",
    "depositDay",
    "depositMonth",
  ].map((name) => [name, Number.POSITIVE_INFINITY]),
);
/** Enough for half of the withdrawals, so that banks refuse some of the rest. */
const WEALTH = TRANSFERS * 35_000;

async function setUp() {
  const hong = { name: "홍길동", birth: "19900101", gender: "M", cellNo: "0", email: "a@example.com" } as const;
  const kim = { name: "김한빛", birth: "19951224", gender: "F", cellNo: "0", email: "b@example.com" } as const;
  const sandbox = createSandbox({
    openBanking: {
      limits,
      people: [
        { ...hong, accounts: [{ accountNum: "11", balance: WEALTH }] },
        { ...kim, accounts: [{ accountNum: "22", balance: 0 }] },
      ],
    },
  });
  const { openBanking: center, fetch } = sandbox;
  /** A network that now and then delivers a transfer twice, and brings back what was answered to either. */
  const network: Transport = async (url, init) => {
    const isTransfer = /\/transfer\/(withdraw|deposit)\//.test(url);
    if (!isTransfer || !chance(3)) return fetch(url, init as RequestInit);
    const answers = await Promise.allSettled([fetch(url, init as RequestInit), fetch(url, init as RequestInit)]);
    const answer = answers[between(next, 0, 1)];
    if (answer?.status === "fulfilled") return answer.value;
    throw answer?.reason;
  };
  const client = createOpenBanking({ ...center.options, fetch: network, timeoutMs: 40 });
  const { url, state } = authorizeUrl(client, { scope: "login inquiry transfer" });
  const { userSeqNo } = await exchangeCode(client, readCallback(await center.consent(url), state));
  return { center, client, user: client.user(userSeqNo) };
}

test(`the books agree after ${TRANSFERS} transfers with timeouts, drops and duplicates`, {
  timeout: 180_000,
}, async () => {
  const { center, client, user } = await setUp();
  const { collecting, paying } = center.contractAccounts;
  const fintech_use_num = center.users[0]?.accounts[0]?.fintechUseNum ?? "";
  const requester = { req_client_name: "홍길동", req_client_fintech_use_num: fintech_use_num, req_client_num: "HONG" };
  const { total } = center.ledger();
  /** What the client believes. */
  const books = { withdrawn: 0, deposited: 0, moved: 0 };
  let unknown = 0;

  for (let count = 0; count < TRANSFERS; count++) {
    const tran_amt = between(next, 1, 200_000);
    const isWithdrawal = chance(50);
    if (chance(20)) {
      const answer = chance(1) ? "silence" : (OPEN_ANSWERS[between(next, 0, OPEN_ANSWERS.length - 1)] ?? "drop");
      center.unknownNext({ happens: chance(50), answer, stillProcessing: between(next, 0, 2) });
    }
    const sent = isWithdrawal
      ? transferWithdrawFinNum(user, {
          cntr_account_type: "N",
          cntr_account_num: collecting,
          dps_print_content: `#${count}`,
          fintech_use_num,
          tran_amt,
          ...requester,
          transfer_purpose: "RC",
        })
      : transferDepositAcntNum(client, {
          cntr_account_type: "N",
          cntr_account_num: paying,
          wd_pass_phrase: "NONE",
          wd_print_content: `#${count}`,
          req_list: [
            {
              tran_no: 1,
              bank_code_std: "097",
              account_num: "22",
              account_holder_name: "김한빛",
              print_content: `#${count}`,
              tran_amt,
              ...requester,
              transfer_purpose: "TR",
            },
          ],
        });
    const { error } = await settle<unknown>(sent);
    let happened = error === undefined;
    if (error instanceof OutcomeUnknownError) {
      unknown += 1;
      const { status } = await settleTransfer(client, error, { delayMs: 0, attempts: 8, lateMs: 0 });
      expect(status).not.toBe("unknown");
      happened = status === "done";
    }
    if (!happened) continue;
    books.moved += 1;
    books[isWithdrawal ? "withdrawn" : "deposited"] += tran_amt;
  }

  const ledger = center.ledger();
  const balanceOf = (number: string) => ledger.accounts.find(({ accountNum }) => accountNum === number)?.balance;
  expect(ledger.total).toBe(total);
  expect(balanceOf("11")).toBe(WEALTH - books.withdrawn);
  expect(balanceOf(collecting)).toBe(books.withdrawn);
  expect(balanceOf("22")).toBe(books.deposited);
  const moved = ledger.transfers.filter(({ outcome }) => outcome === "000");
  expect(moved).toHaveLength(books.moved);
  expect(new Set(moved.map(({ bankTranId }) => bankTranId)).size).toBe(books.moved);
  // It was no easy day.
  expect(unknown).toBeGreaterThan(TRANSFERS / 10);
  expect(ledger.transfers.some(({ outcome }) => outcome === "453")).toBe(true);
});
