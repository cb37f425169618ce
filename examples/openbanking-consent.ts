/**
 * A member of a service connects bank accounts and sees what is in them: login → consent at the center → callback → balances.
 * The whole journey runs against the local sandbox: `npm run build && node dist/examples/openbanking-consent.js`, then open the
 * address that it prints. Against the center itself only the options of `createOpenBanking` differ.
 */
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { serve } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { html } from "hono/html";
import { KofinError } from "kofin";
import {
  authorizeUrl,
  ConsentError,
  createOpenBanking,
  exchangeCode,
  type OpenBanking,
  readCallback,
} from "kofin/openbanking";
import { accountBalanceFinNum, accountList } from "kofin/openbanking/account";
import { createSandbox } from "kofin/sandbox";
import { serveSandbox } from "kofin/sandbox/serve";

/** A browser that has logged in. */
interface Visit {
  member: string;
  /** Of the consent that is under way: only this browser can finish it. */
  state?: string;
}

/** The application. What it keeps in memory belongs into a database; the tokens are in the client's store already. */
export function consentApp(openBanking: OpenBanking): Hono {
  const visits = new Map<string, Visit>();
  /** Which user of the center a member is. */
  const userSeqNos = new Map<string, string>();
  const visitOf = (context: Context) => visits.get(getCookie(context, "visit") ?? "");
  const app = new Hono();

  app.get("/", async (context) => {
    const visit = visitOf(context);
    if (!visit) return page(context, "로그인", loginForm);
    const userSeqNo = userSeqNos.get(visit.member);
    if (userSeqNo === undefined) return page(context, `${visit.member} 님`, connectForm);
    return page(context, `${visit.member} 님의 계좌`, balanceTable(await balancesOf(openBanking.user(userSeqNo))));
  });

  app.post("/login", async (context) => {
    const { member } = await context.req.parseBody();
    if (typeof member !== "string" || member.trim() === "") return context.redirect("/");
    const visit = randomUUID();
    visits.set(visit, { member: member.trim() });
    const secure = new URL(context.req.url).protocol === "https:";
    // Lax: the center sends the browser back from another site, and the cookie has to come along.
    setCookie(context, "visit", visit, { httpOnly: true, sameSite: "Lax", secure, path: "/" });
    return context.redirect("/");
  });

  app.post("/connect", (context) => {
    const visit = visitOf(context);
    if (!visit) return context.redirect("/");
    const { url, state } = authorizeUrl(openBanking, { scope: ["login", "inquiry"] });
    visit.state = state;
    return context.redirect(url);
  });

  app.get("/callback", async (context) => {
    const visit = visitOf(context);
    if (!visit) return context.redirect("/");
    const { state = "" } = visit;
    delete visit.state;
    const { userSeqNo } = await exchangeCode(openBanking, readCallback(context.req.url, state));
    userSeqNos.set(visit.member, userSeqNo);
    return context.redirect("/");
  });

  app.onError((error, context) => {
    const isRefused = error instanceof ConsentError;
    context.status(isRefused ? 400 : 502);
    const reason = error instanceof KofinError ? error.code : "INTERNAL";
    const told = isRefused ? "계좌 연결이 취소되었습니다" : "오픈뱅킹에 연결하지 못했습니다";
    return page(context, told, html`<p role="alert">${told} (${reason}).</p><p><a href="/">처음으로</a></p>`);
  });

  return app;
}

/** Every account of the user, with its balance. */
async function balancesOf(user: OpenBanking) {
  const { data } = await accountList(user, {
    user_seq_no: user.userSeqNo ?? "",
    include_cancel_yn: "N",
    sort_order: "A",
  });
  return Promise.all(
    (data.res_list ?? []).map(async ({ fintech_use_num = "", account_alias, bank_name, account_num_masked }) => {
      const balance = await accountBalanceFinNum(user, { fintech_use_num });
      return { account_alias, bank_name, account_num_masked, amount: balance.data.balance_amt };
    }),
  );
}

type Markup = ReturnType<typeof html>;

const loginForm = html`<form method="post" action="/login">
  <p><label>회원 아이디 <input name="member" required autocomplete="username" /></label></p>
  <p><button>로그인</button></p>
</form>`;

const connectForm = html`<p>아직 연결된 계좌가 없습니다.</p>
  <form method="post" action="/connect"><p><button>계좌 연결하기</button></p></form>`;

function balanceTable(balances: Awaited<ReturnType<typeof balancesOf>>): Markup {
  const rows = balances.map(
    ({ bank_name, account_alias, account_num_masked, amount }) =>
      html`<tr>
        <td>${bank_name}</td>
        <td>${account_alias}</td>
        <td>${account_num_masked}</td>
        <td>${Number(amount).toLocaleString("ko-KR")}원</td>
      </tr>`,
  );
  return html`<table>
      <caption>연결된 계좌</caption>
      <thead><tr><th scope="col">은행</th><th scope="col">계좌</th><th scope="col">계좌번호</th><th scope="col">잔액</th></tr></thead>
      <tbody>${rows}</tbody>
    </table>
    <form method="post" action="/connect"><p><button>계좌 더 연결하기</button></p></form>`;
}

function page(context: Context, title: string, content: Markup) {
  return context.html(html`<!doctype html>
    <html lang="ko">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
      </head>
      <body><main><h1>${title}</h1>${content}</main></body>
    </html>`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const port = 3000;
  const sandbox = createSandbox();
  const center = await serveSandbox(sandbox, { port: 0 });
  const { fetch: _, ...options } = sandbox.openBanking.options;
  const openBanking = createOpenBanking({ ...options, baseUrl: center.url });
  serve({ fetch: consentApp(openBanking).fetch, port, hostname: "127.0.0.1" }, () => {
    console.log(
      `The service is on http://localhost:${port}, the center's sandbox on ${center.url} (Ctrl-C stops both)`,
    );
  });
}
