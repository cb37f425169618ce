import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startChromium } from "./chromium.js";
import { startService } from "./service.js";

let browser: Browser;
let context: BrowserContext;
let page: Page;
let service: Awaited<ReturnType<typeof startService>>;
let asked: string[];

beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser?.close());

beforeEach(async () => {
  service = await startService();
  context = await browser.newContext({ locale: "ko-KR" });
  page = await context.newPage();
  page.setDefaultTimeout(10_000);
  asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).origin));
});
afterEach(async () => {
  await context.close();
  await service.close();
});

const button = (name: string) => page.getByRole("button", { name });
const heading = () => page.getByRole("heading", { level: 1 }).innerText();

async function logIn(member = "gildong") {
  await page.goto(service.origin);
  await page.getByLabel("회원 아이디").fill(member);
  await button("로그인").click();
  await button("계좌 연결하기").click();
}

async function identify(person: string) {
  await page.getByLabel(person).check();
  await button("다음").click();
}

const rows = async () => (await page.getByRole("row").allInnerTexts()).slice(1).map((row) => row.split("\t"));

describe("from login to balance", () => {
  test("a member connects an account, and sees what is in it", async () => {
    await logIn();
    expect(new URL(page.url()).origin).toBe(service.centerOrigin);
    expect(await heading()).toBe("오픈뱅킹 이용 동의");
    expect(await page.getByRole("listitem").allInnerTexts()).toEqual([
      "사용자 정보와 등록계좌 조회",
      "계좌 잔액과 거래내역 조회",
    ]);
    await identify("김한빛");
    await page.getByLabel("오픈 급여통장").check();
    await button("동의하고 계속").click();
    await page.waitForURL(`${service.origin}/`);
    expect(await heading()).toBe("gildong 님의 계좌");
    expect(await rows()).toEqual([["오픈은행", "오픈 급여통장", "100000***0021", "1,250,000원"]]);
    const [kim] = service.sandbox.openBanking.users.filter(({ name }) => name === "김한빛");
    expect(kim?.accounts.map(({ registered }) => registered)).toEqual([true, false]);
  });

  test("the center is told what the documents want, and nothing comes from elsewhere", async () => {
    await logIn();
    const { searchParams } = new URL(page.url());
    expect(Object.fromEntries(searchParams)).toEqual({
      response_type: "code",
      client_id: service.sandbox.openBanking.options.clientId,
      redirect_uri: `${service.origin}/callback`,
      scope: "login inquiry",
      state: expect.stringMatching(/^\w{32}$/),
      auth_type: "0",
    });
    await identify("홍길동");
    await page.getByLabel("오픈 입출금통장").check();
    await button("동의하고 계속").click();
    await page.waitForURL(`${service.origin}/`);
    expect(new Set(asked)).toEqual(new Set([service.origin, service.centerOrigin]));
    // Neither code nor state stays in the address bar, and no token ever reached the browser.
    expect(page.url()).toBe(`${service.origin}/`);
    expect(JSON.stringify(await context.cookies())).not.toContain("eyJ");
  });

  test("goes by keyboard alone", async () => {
    await page.goto(service.origin);
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press("Tab");
    await page.keyboard.type("keyboard");
    await press("Enter");
    await page.waitForSelector("text=아직 연결된 계좌가 없습니다");
    await press("Tab", "Enter");
    await page.waitForSelector("text=본인 확인");
    // 인증 수단, 사용자 (down to the second), 거부, 다음.
    await press("Tab", "Tab", "ArrowDown", "Tab", "Tab", "Enter");
    await page.waitForSelector("text=등록할 계좌");
    expect(await page.locator("strong").innerText()).toBe("김한빛");
    // E-mail, the first account, the second, 거부, 동의.
    await press("Tab", "Tab", "Space", "Tab", "Tab", "Tab", "Enter");
    await page.waitForURL(`${service.origin}/`);
    expect(await rows()).toHaveLength(1);
  });

  test("a second consent adds accounts, and a token that has ended is renewed unseen", async () => {
    await logIn();
    await identify("홍길동");
    await page.getByLabel("오픈 입출금통장").check();
    await button("동의하고 계속").click();
    await button("계좌 더 연결하기").click();
    await identify("홍길동");
    expect(await page.getByLabel("오픈 입출금통장").isChecked()).toBe(true);
    await page.getByLabel("오픈 종합계좌").check();
    await button("동의하고 계속").click();
    await page.waitForURL(`${service.origin}/`);
    expect((await rows()).map(([bank]) => bank)).toEqual(["오픈은행", "오픈증권"]);
    const { openBanking } = service.sandbox;
    const before = openBanking.tokensIssued;
    openBanking.expireTokens();
    await page.reload();
    expect(await rows()).toHaveLength(2);
    expect(openBanking.tokensIssued).toBe(before + 1);
  });
});

describe("what can go wrong", () => {
  test("the user refuses", async () => {
    await logIn();
    await button("거부").click();
    expect(await page.getByRole("alert").innerText()).toBe("계좌 연결이 취소되었습니다 (access_denied).");
    await page.getByRole("link", { name: "처음으로" }).click();
    expect(await heading()).toBe("gildong 님");
    expect(service.sandbox.openBanking.tokensIssued).toBe(0);
  });

  test("the user forgets to choose an account", async () => {
    await logIn();
    await identify("홍길동");
    await button("동의하고 계속").click();
    expect(await page.getByRole("alert").innerText()).toBe("계좌를 하나 이상 선택해 주세요.");
    await page.getByLabel("오픈 입출금통장").check();
    await button("동의하고 계속").click();
    await page.waitForURL(`${service.origin}/`);
    expect(await rows()).toHaveLength(1);
  });

  test("somebody else's callback is not taken", async () => {
    await logIn();
    const foreign = new URL(page.url());
    foreign.searchParams.set("state", "f".repeat(32));
    const location = await service.sandbox.openBanking.consent(foreign, { user: "이가람" });
    const answer = await page.goto(location);
    expect(answer?.status()).toBe(400);
    expect(await page.getByRole("alert").innerText()).toContain("STATE_MISMATCH");
    await page.goto(service.origin);
    expect(await heading()).toBe("gildong 님");
    expect(service.sandbox.openBanking.tokensIssued).toBe(0);
  });

  test("the callback comes twice: the browser goes back and forth", async () => {
    await logIn();
    await identify("홍길동");
    await page.getByLabel("오픈 입출금통장").check();
    const callback = page.waitForRequest((request) => request.url().startsWith(`${service.origin}/callback`));
    await button("동의하고 계속").click();
    const url = (await callback).url();
    await page.waitForURL(`${service.origin}/`);
    expect((await page.goto(url))?.status()).toBe(400);
    await page.goto(service.origin);
    expect(await rows()).toHaveLength(1);
  });

  test("the center is out of reach", async () => {
    await logIn();
    await identify("홍길동");
    await page.getByLabel("오픈 입출금통장").check();
    service.sandbox.openBanking.failNext({ status: 503, path: "/oauth/2.0/token" });
    await button("동의하고 계속").click();
    expect(await page.getByRole("alert").innerText()).toBe("오픈뱅킹에 연결하지 못했습니다 (HTTP_503).");
  });
});
