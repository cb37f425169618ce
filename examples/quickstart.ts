/**
 * kofin in one run, against the local sandbox: sign in, register a bank login, list accounts and transactions, survive a token
 * that dies, answer 추가인증, and meet a refusal. `npm run quickstart`
 */
import { ProviderError, settle } from "kofin";
import { answerChallenge, captchaImage, createCodef } from "kofin/codef";
import { createAccount } from "kofin/codef/account";
import { accountList, accountTransactionList, organizations } from "kofin/codef/bank";
import { myMedicine } from "kofin/codef/public-hira";
import { createSandbox } from "kofin/sandbox";
import { serveSandbox } from "kofin/sandbox/serve";

const sandbox = createSandbox();
const server = await serveSandbox(sandbox, { port: 0 });
step(`The sandbox answers on ${server.url}, built from specs/`);

const codef = createCodef({
  environment: "sandbox",
  baseUrl: server.url,
  oauthUrl: server.url,
  publicKey: sandbox.codef.publicKey,
});

step("Register a bank login; the password leaves encrypted with the client's RSA key");
const account = { businessType: "BK", clientType: "P", organization: organizations.KB국민은행 } as const;
const registered = await createAccount(codef, {
  accountList: [{ ...account, loginType: "1", id: "quickstart", password: "correct horse" }],
});
const connectedId = registered.data.connectedId ?? "";
const sent = sandbox.codef.requests.at(-1)?.body as { accountList: { password: string }[] };
console.log(`connectedId ${connectedId}, password on the wire: ${sent.accountList[0]?.password.slice(0, 32)}…`);

step("List the accounts behind it");
const { data } = await accountList(codef, { connectedId, organization: organizations.KB국민은행 });
const deposits = data.resDepositTrust ?? [];
console.table(
  deposits.map((deposit) => ({
    계좌번호: deposit.resAccountDisplay,
    계좌명: deposit.resAccountName,
    현재잔액: won(deposit.resAccountBalance),
  })),
);

step("The token dies; the next call renews it once and goes on");
sandbox.codef.expireTokens();
const transactions = await accountTransactionList(codef, {
  connectedId,
  organization: organizations.KB국민은행,
  account: deposits[0]?.resAccount ?? "",
  startDate: "20260601",
  endDate: "20260630",
});
console.table(
  (transactions.data.resTrHistoryList ?? []).map((row) => ({
    거래일자: row.resAccountTrDate,
    적요: row.resAccountDesc3,
    출금: won(row.resAccountOut),
    입금: won(row.resAccountIn),
    거래후잔액: won(row.resAfterTranBalance),
  })),
);
console.log(`tokens issued: ${sandbox.codef.tokensIssued}`);

step("A product with 추가인증 shows a captcha, then sends a text message to the user's phone");
sandbox.codef.script("public-hira.myMedicine", [
  { method: "secureNo", answer: "135790" },
  { method: "smsAuthNo", answer: "246801" },
]);
let reply = await myMedicine(codef, {
  loginType: "2",
  loginTypeLevel: "1",
  authMethod: "0",
  userName: "홍길동",
  phoneNo: "01012345678",
  identity: "9001011000000",
  startDate: "20260101",
});
while (reply.status === "challenge") {
  const { challenge } = reply;
  const seconds = Math.round((challenge.expiresAt - Date.now()) / 1000);
  const image = captchaImage(challenge);
  const picture = image ? `, shown in ${image.bytes.length} bytes of ${image.type}` : "";
  console.log(`${challenge.method}: ${seconds} s to answer${picture}`);
  // Plain JSON: another process could store it and answer it.
  const stored: typeof challenge = JSON.parse(JSON.stringify(challenge));
  const answer = challenge.method === "secureNo" ? { secureNo: "135790" } : { smsAuthNo: "246801" };
  reply = await answerChallenge(codef, stored, answer);
}
console.log(`${reply.code} ${reply.message}: ${reply.data.length} prescriptions`);

step("A wrong password is refused with CODEF's own reason, and not tried again");
const { error } = await settle(
  createAccount(codef, { accountList: [{ ...account, loginType: "1", id: "wrong-password", password: "wrong" }] }),
);
if (error instanceof ProviderError) console.log(`${error.name} ${error.message}\nadvice: ${error.advice}`);

await server.close();

function step(text: string): void {
  console.log(`\n▸ ${text}`);
}

function won(amount: string | undefined): string {
  return `${Number(amount || 0).toLocaleString("ko-KR")}원`;
}
