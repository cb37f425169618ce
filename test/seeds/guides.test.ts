import { AuthenticationError, ProviderError } from "kofin";
import type { CallOptions, Codef, Reply } from "kofin/codef";
import * as account from "kofin/codef/account";
import { accountList, legacyBusinessAccountList } from "kofin/codef/bank";
import { businessStatus } from "kofin/codef/public-nts";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { decrypt, publicKey } from "../support/keys.js";
import { bearer, clientOf, scripted, urlEncoded } from "../support/scripted.js";
import { json, type Sample, sample } from "./samples.js";

type Function<Input> = (codef: Codef, input: Input, options?: CallOptions) => Promise<Reply<unknown>>;

/** What left for a sample, with passwords opened, and what the caller got. */
async function play<Input>(call: Function<Input>, { request, response }: Sample<Input>) {
  const script = scripted(() => new Response(urlEncoded(response)));
  const reply = await call(clientOf(script, { publicKey, checkCertificates: false }), request);
  const [sent] = script.sent;
  return { reply, path: new URL(sent?.url ?? "").pathname, body: opened(sent?.body) };
}

function opened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === "password" ? decrypt(item) : opened(item)]),
  );
}

/** The sample's request leaves value for value, and the sample's answer arrives value for value. */
async function expectSample<Input>(call: Function<Input>, { path, ...given }: Sample<Input>) {
  const played = await play(call, { path, ...given });
  const { code, message, transactionId } = given.response.result;
  expect(played.path).toBe(path);
  expect(played.body).toEqual(given.request);
  expect(played.reply.data).toEqual(given.response.data);
  expect(played.reply).toMatchObject({ status: "done", code, message });
  expect(played.reply.transactionId).toBe(transactionId);
}

describe("account management, by the paths of 2019 and by those of today", () => {
  const created = sample<account.LegacyCreateAccountRequest>("account-create-2019");
  const added = sample<account.LegacyAddAccountRequest>("account-add");
  const updated = sample<account.LegacyUpdateAccountRequest>("account-update");
  const deleted = sample<account.LegacyDeleteAccountRequest>("account-delete");
  const listed = sample<account.LegacyGetAccountListRequest>("account-list");
  const connected = sample<account.LegacyGetConnectedIdListRequest>("connected-id-list");
  const today = <Input>(given: Sample<unknown>) => ({ ...given, path: `/v1${given.path}` }) as Sample<Input>;
  const of2019 = <Input>(given: Sample<Input>) => ({ ...given, path: given.path.replace(/^\/v1/, "") });

  it("계정 생성", async () => {
    await expectSample(account.legacyCreateAccount, created);
    await expectSample(account.createAccount, today<account.CreateAccountRequest>(created));
    await expectSample(account.createAccount, sample<account.CreateAccountRequest>("account-create"));
  });

  it("계정 추가", async () => {
    await expectSample(account.legacyAddAccount, added);
    await expectSample(account.addAccount, today<account.AddAccountRequest>(added));
  });

  it("계정 수정", async () => {
    await expectSample(account.legacyUpdateAccount, updated);
    await expectSample(account.updateAccount, today<account.UpdateAccountRequest>(updated));
  });

  it("계정 삭제, without any password", async () => {
    await expectSample(account.legacyDeleteAccount, deleted);
    await expectSample(account.deleteAccount, today<account.DeleteAccountRequest>(deleted));
  });

  it("계정 목록 조회, whose answer of 2019 says organizationCode", async () => {
    await expectSample(account.getAccountList, listed);
    await expectSample(account.legacyGetAccountList, of2019(listed));
  });

  it("커넥티드아이디 목록 조회, with the page as text and its numbers as numbers", async () => {
    await expectSample(account.getConnectedIdList, connected);
    await expectSample(account.legacyGetConnectedIdList, of2019(connected));
  });
});

describe("products", () => {
  it("법인 보유계좌 조회 of 2019", async () => {
    await expectSample(legacyBusinessAccountList, sample("business-account-list"));
  });

  it("개인 보유계좌 조회", async () => {
    await expectSample(accountList, sample("account-list-personal"));
  });

  it("사업자등록상태(휴폐업조회), whose data is a list", async () => {
    const { path, request, response } = sample<{ organization: string; req_identity_list: { reqIdentity: string }[] }>(
      "business-status",
    );
    // The guide misspells the list's name; every running code calls it reqIdentityList.
    const { req_identity_list: reqIdentityList, organization } = request;
    await expectSample(businessStatus, { path, request: { organization, reqIdentityList }, response });
  });

  it("사업자등록상태, letter by letter as the guide sends it, as a call without a spec", async () => {
    const given = sample<object>("business-status");
    await expectSample((codef, input, options) => codef.request(given.path, input, options), given);
  });
});

describe("tokens and failures", () => {
  it("the guide's token goes out as it came", async () => {
    const { response: token } = json("token") as { response: { access_token: string } };
    const given = sample("account-list-personal");
    const script = scripted(
      () => new Response(urlEncoded(given.response)),
      () => Response.json(token),
    );
    await accountList(clientOf(script), given.request as never);
    expect(bearer(script.sent[0])).toBe(token.access_token);
  });

  it("the body of HTTP 401 is understood, plain and URL-encoded", async () => {
    const { status, response } = json("unauthorized") as {
      status: number;
      response: { code: string; message: string };
    };
    for (const body of [JSON.stringify(response), urlEncoded(response)]) {
      const script = scripted(() => new Response(body, { status }));
      const error = await failure(
        accountList(clientOf(script), { organization: "0004", connectedId: "x" }),
        AuthenticationError,
      );
      expect(error).toMatchObject({ code: response.code, status });
      expect(error.message).toContain(response.message);
      expect(script.sent).toHaveLength(2);
      expect(script.tokenRequests).toHaveLength(2);
    }
  });

  it("CF-94002 in a 200 is the provider's refusal in its own words", async () => {
    const { response } = json("refused") as { response: { result: { code: string; message: string } } };
    const script = scripted(() => new Response(JSON.stringify(response)));
    const error = await failure(account.getAccountList(clientOf(script), { connectedId: "x" }), ProviderError);
    expect(error).toMatchObject({
      code: "CF-94002",
      providerMessage: response.result.message,
      status: 200,
      extraMessage: "",
    });
    expect(script.sent).toHaveLength(1);
  });
});
