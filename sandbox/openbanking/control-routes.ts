/**
 * The controls of the center's mock over HTTP.
 * @module
 */
import { count, flag, optionalText, selection, text } from "../shared/control-input.js";
import { type ControlTable, trafficControls } from "../shared/control-table.js";
import { isRecord, type Json } from "../shared/json.js";
import type { ConsentChoice } from "./consent.js";
import type { OpenBankingFault, OpenBankingSandbox } from "./controls.js";
import type { SandboxPerson } from "./people.js";
import { checkOpenAnswer } from "./unknown.js";

export const OPEN_BANKING_CONTROLS: ControlTable<OpenBankingSandbox> = {
  show(openBanking) {
    const { users, contractAccounts, tokensIssued, requests } = openBanking;
    return { users, contractAccounts, ledger: openBanking.ledger(), tokensIssued, requests };
  },
  controls: {
    async consent(openBanking, body) {
      return { location: await openBanking.consent(text(body, "url"), choice(body)) };
    },
    "consent-at-once"(openBanking, body) {
      openBanking.consentAtOnce(flag(body, "on") ? choice(body) : undefined);
      return {};
    },
    "add-person"(openBanking, body) {
      return { ...openBanking.addPerson(person(body)) };
    },
    "add-redirect-uri"(openBanking, body) {
      openBanking.addRedirectUri(text(body, "redirectUri"));
      return {};
    },
    "set-agreement"(openBanking, body) {
      const kind = among(body, "kind", ["inquiry", "transfer"]);
      const state = among(body, "state", ["agreed", "missing", "expired"]);
      openBanking.setAgreement(text(body, "fintechUseNum"), kind, state);
      return {};
    },
    "set-contract-account"(openBanking, body) {
      openBanking.setContractAccount(among(body, "role", ["collecting", "paying"]), flag(body, "registered"));
      return {};
    },
    "unknown-next"(openBanking, body) {
      const { answer } = body;
      checkOpenAnswer(answer);
      openBanking.unknownNext({
        happens: flag(body, "happens"),
        answer,
        ...optionalText(body, "code"),
        ...(body.stillProcessing !== undefined && { stillProcessing: count(body, "stillProcessing") }),
        ...selection(body),
      });
      return {};
    },
    "answer-claim"(openBanking, body) {
      openBanking.answerClaim(text(body, "bankTranId"), flag(body, "returned"));
      return {};
    },
    "strict-test-data"(openBanking, body) {
      openBanking.strictTestData(flag(body, "on"));
      return {};
    },
    "test-data"(openBanking, body) {
      const { request, answer } = body;
      if (!isRecord(request)) throw new Error("request: an object is needed");
      openBanking.testData(text(body, "operation"), { request, ...(isRecord(answer) && { answer }) });
      return {};
    },
    "other-names"(openBanking, body) {
      openBanking.otherNames(flag(body, "on"));
      return {};
    },
    "expire-tokens"(openBanking, body) {
      openBanking.expireTokens({ refresh: body.refresh === true });
      return {};
    },
    ...trafficControls<OpenBankingFault>((body) => optionalText(body, "bankCode")),
  },
};

function among<Word extends string>(body: Json, name: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === body[name]);
  if (!found) throw new Error(`${name}: ${words.join(", ")} is needed`);
  return found;
}

function choice(body: Json): ConsentChoice {
  return {
    ...optionalText(body, "user"),
    ...(body.accounts !== undefined && { accounts: texts(body, "accounts") }),
    ...(body.deny !== undefined && { deny: flag(body, "deny") }),
  };
}

function texts(body: Json, name: string): string[] {
  const list = body[name];
  if (!Array.isArray(list) || !list.every((value) => typeof value === "string")) {
    throw new Error(`${name}: a list of texts is needed`);
  }
  return list;
}

function person(body: Json): SandboxPerson {
  if (!Array.isArray(body.accounts) || !body.accounts.every(isRecord)) {
    throw new Error("accounts: a list of { accountNum, … } is needed");
  }
  return {
    name: text(body, "name"),
    birth: text(body, "birth"),
    gender: among(body, "gender", ["M", "F"]),
    cellNo: text(body, "cellNo"),
    email: text(body, "email"),
    accounts: body.accounts.map((account) => ({
      accountNum: text(account, "accountNum"),
      ...optionalText(account, "bankCode"),
      ...(account.type !== undefined && { type: among(account, "type", ["1", "2", "6", "T"]) }),
      ...optionalText(account, "product"),
      ...(account.balance !== undefined && { balance: count(account, "balance") }),
    })),
  };
}
