import { inspect } from "node:util";
import { type CallEvent, settle } from "kofin";
import { adoptTokens, call, exchangeCode, type OpenBanking, refreshToken, revokeToken } from "kofin/openbanking";
import { describe, expect, it } from "vitest";
import { balance, deposit, depositing, userMe, withdraw, withdrawal } from "./operations.js";
import { clientOf, refusal, type Script, type Sent, scripted, tokenAnswer } from "./scripted.js";

/** Secrets that no other text contains, with characters that encodings change. */
const PLANTED = {
  clientSecret: "planted+secret/0000==",
  accessToken: "header.planted+access/token==.sig",
  refreshToken: "header.planted+refresh/token==.sig",
  institutionToken: "header.planted+institution/token==.sig",
  code: "planted+code/1==",
  user: "UPLANTED01",
  fintech: "120260009999941120000001",
  account: "9901230000678",
  phrase: "planted phrase & more",
};

/** Every way in which a text can repeat a request, all in one. */
function echo({ url, text, headers, fields }: Sent): string {
  const decoded = JSON.stringify(fields);
  return [
    url.href,
    text,
    decodeURIComponent(text),
    decoded,
    decoded.replaceAll("+", " "),
    JSON.stringify(headers),
  ].join(" | ");
}

const token: Script = ({ fields }) =>
  fields.grant_type === "client_credentials"
    ? tokenAnswer({ access_token: PLANTED.institutionToken })
    : tokenAnswer({
        access_token: PLANTED.accessToken,
        refresh_token: PLANTED.refreshToken,
        user_seq_no: PLANTED.user,
      });

const apis: [string, Script][] = [
  ["refuses with all that it was sent", (sent) => refusal("A0004", echo(sent))],
  ["refuses the token with all that it was sent", (sent) => refusal("O0002", echo(sent))],
  ["lets the bank repeat it", (sent) => refusal("A0002", "", { bank_rsp_code: "453", bank_rsp_message: echo(sent) })],
  [
    "lets an item repeat it",
    (sent) => refusal("A0000", "", { res_list: [{ bank_rsp_code: "804", bank_rsp_message: echo(sent) }] }),
  ],
  [
    "repeats it in the form of RFC 6749",
    (sent) => Response.json({ error: "x", error_description: echo(sent) }, { status: 400 }),
  ],
  ["answers with it as a page", (sent) => new Response(echo(sent))],
  ["breaks off with it", (sent) => Promise.reject(Object.assign(new Error(echo(sent)), { request: sent }))],
];

const oauths: [string, Script][] = [
  ["refuses with all that it was sent", (sent) => refusal("O0001", echo(sent))],
  [
    "repeats it in the form of RFC 6749",
    (sent) => Response.json({ error: "invalid_client", error_description: echo(sent) }),
  ],
  ["answers with it as a page", (sent) => new Response(echo(sent))],
  ["breaks off with it", (sent) => Promise.reject(Object.assign(new Error(echo(sent)), { request: sent }))],
];

function spellings(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret),
    secret.replaceAll("+", " "),
    new URLSearchParams({ secret }).toString().slice(7),
  ];
}

async function shownBy(
  api: Script,
  oauth: Script,
  calls: (openBanking: OpenBanking) => Promise<unknown>[],
): Promise<string[]> {
  const events: CallEvent[] = [];
  const options = { clientSecret: PLANTED.clientSecret, retries: 1, onEvent: (event: CallEvent) => events.push(event) };
  const openBanking = clientOf(scripted(api, oauth), options);
  const adopted = { access_token: PLANTED.accessToken, refresh_token: PLANTED.refreshToken, expires_in: 90_000 };
  await adoptTokens(openBanking, { ...adopted, scope: "login inquiry transfer", user_seq_no: PLANTED.user });
  const settled = await Promise.all(calls(openBanking).map(settle));
  const errors = settled.flatMap(({ error }) => error ?? []);
  expect(errors.length).toBeGreaterThan(0);
  const text = [...errors, events, openBanking, openBanking.user(PLANTED.user)]
    .flatMap((thing) => [
      inspect(thing, { depth: 9 }),
      JSON.stringify(thing),
      thing instanceof Error ? thing.stack : "",
    ])
    .join("\n");
  return Object.entries(PLANTED)
    .filter(([, secret]) => spellings(secret).some((spelling) => text.includes(spelling)))
    .map(([name]) => name);
}

describe("nothing secret can be seen", () => {
  it.each(apis)("when the center %s", async (_, api) => {
    const shown = await shownBy(api, token, (openBanking) => {
      const user = openBanking.user(PLANTED.user);
      const list = [{ ...depositing.req_list[0], account_num: PLANTED.account }];
      return [
        call(user, balance, { fintech_use_num: PLANTED.fintech }),
        call(user, userMe, { user_seq_no: PLANTED.user }),
        call(user, withdraw, {
          ...withdrawal,
          fintech_use_num: PLANTED.fintech,
          recv_client_account_num: PLANTED.account,
        }),
        call(openBanking, deposit, { ...depositing, wd_pass_phrase: PLANTED.phrase, req_list: list }),
      ];
    });
    expect(shown).toEqual([]);
  });

  it.each(oauths)("when the OAuth paths: %s", async (_, oauth) => {
    const shown = await shownBy(
      () => refusal("A0000"),
      oauth,
      (openBanking) => [
        exchangeCode(openBanking, PLANTED.code),
        refreshToken(openBanking.user(PLANTED.user)),
        call(openBanking, deposit, depositing),
      ],
    );
    expect(shown).toEqual([]);
  });

  it("when a token is not taken back", async () => {
    const refuse: Script = (sent) => refusal("O0007", echo(sent));
    const shown = await shownBy(
      () => refusal("A0000"),
      refuse,
      (openBanking) => [revokeToken(openBanking.user(PLANTED.user))],
    );
    expect(shown).toEqual([]);
  });
});
