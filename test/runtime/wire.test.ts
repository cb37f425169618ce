import fc from "fast-check";
import { DecodeError } from "kofin";
import { call } from "kofin/codef";
import { describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { reading } from "../support/operations.js";
import { clientOf, scripted, success } from "../support/scripted.js";

/** What a caller gets of an answer whose body is `text`. */
async function received(text: string): Promise<unknown> {
  const script = scripted(() => new Response(text));
  return (await call<unknown>(clientOf(script), reading, {})).data;
}

const envelope = (data: string) => `{"result":{"code":"CF-00000","message":"OK"},"data":${data}}`;

describe("what leaves", () => {
  it("is the URL-encoded text of one JSON object", async () => {
    const script = scripted(() => success({}));
    await call(clientOf(script), reading, { organization: "0004", connectedId: "a b+c/=" });
    const [sent] = script.sent;
    expect(sent?.method).toBe("POST");
    expect(sent?.url).toBe("https://sandbox.codef.io/v1/kr/bank/p/account/account-list");
    expect(sent?.headers["content-type"]).toMatch(/^application\/json/);
    expect(sent?.text).toBe(encodeURIComponent('{"organization":"0004","connectedId":"a b+c/="}'));
  });

  it("has neither a bare + nor a bare space, so that form decoders and percent decoders read the same", async () => {
    const script = scripted(() => success({}));
    await call(clientOf(script), reading, { password: "ab+cd ef" });
    expect(script.sent[0]?.text).not.toMatch(/[+ ]/);
  });

  it("is an empty object when there is no input", async () => {
    const script = scripted(() => success({}));
    await call(clientOf(script), reading);
    expect(script.sent[0]?.body).toEqual({});
  });

  it("leaves undefined fields out and keeps empty ones", async () => {
    const script = scripted(() => success({}));
    await call(clientOf(script), reading, { organization: "0004", birthDate: undefined, account: "", pageNo: 0 });
    expect(script.sent[0]?.body).toEqual({ organization: "0004", account: "", pageNo: 0 });
  });
});

describe("what arrives", () => {
  it("reads URL-encoded text with + for space", async () => {
    const text =
      "%7B%22result%22%3A%7B%22code%22%3A%22CF-00000%22%7D%2C%22data%22%3A%7B%22resAccountName%22%3A%22%EC%A0%80%EC%B6%95+%EC%98%88%EA%B8%88%22%7D%7D";
    expect(await received(text)).toEqual({ resAccountName: "저축 예금" });
  });

  it("reads a plus that was encoded as a plus", async () => {
    expect(await received(encodeURIComponent(envelope('{"a":"1+1 = 2"}')))).toEqual({ a: "1+1 = 2" });
  });

  it("takes plain JSON as it is: its + and % mean themselves", async () => {
    expect(await received(envelope('{"rate":"+3.5%","note":"%7B 100%"}'))).toEqual({ rate: "+3.5%", note: "%7B 100%" });
  });

  it("reads text of which only parts are encoded", async () => {
    const text = `{%22result%22:{"code":"CF-00000"},"data":{"a":"%EA%B0%80+%EB%82%98"}}`;
    expect(await received(text)).toEqual({ a: "가 나" });
  });

  it.each([
    ["a lone percent sign", "100%25+or+100%", "100% or 100%"],
    ["a percent sign before letters", "%EA%B0%80+%ZZ", "가 %ZZ"],
    ["a character cut in half", "%EA%B0", "\uFFFD"],
  ])("keeps what can be read of %s", async (_, written, read) => {
    const encoded = encodeURIComponent(envelope('{"a":"@"}')).replace("%40", written);
    expect(await received(encoded)).toEqual({ a: read });
  });

  it("is not disturbed by white space around it", async () => {
    expect(await received(`\n ${envelope('{"a":"b"}')}\r\n`)).toEqual({ a: "b" });
    expect(await received(`+${encodeURIComponent(envelope('{"a":"b"}'))}+`)).toEqual({ a: "b" });
  });

  it.each(["", " ", "<html>+%", "%", "%7B", "null", "[]", "123", '"text"', "{", "undefined", "%EA%B0"])(
    "refuses %j as no envelope",
    async (text) => {
      const error = await failure(received(text), DecodeError);
      expect(error.code).toBe("DECODE");
    },
  );
});

describe("any JSON", () => {
  it("survives the way out and back", async () => {
    // The bytes that left are the data of the answer: decode(encode(x)) = x.
    const script = scripted(({ text }) => new Response(encodeURIComponent(envelope("@")).replace("%40", () => text)));
    const codef = clientOf(script);
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ noUnicodeString: false, maxDepth: 4 }), async (value) => {
        const { data } = await call<{ value: unknown }>(codef, reading, { value });
        expect(data.value).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 500 },
    );
  });

  it("is read alike however CODEF encodes it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ noUnicodeString: false }), async (value) => {
        const data = JSON.parse(JSON.stringify({ value }));
        const plain = envelope(JSON.stringify(data));
        expect(await received(plain)).toEqual(data);
        expect(await received(encodeURIComponent(plain))).toEqual(data);
        expect(await received(encodeURIComponent(plain).replaceAll("%20", "+"))).toEqual(data);
        expect(await received(encodeURIComponent(plain).toLowerCase().replace("cf-", "CF-"))).toBeTypeOf("object");
      }),
      { numRuns: 200 },
    );
  });

  it("or any other text never brings anything but data or a DecodeError", async () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: "binary" }),
      fc
        .array(fc.constantFrom("%7B", "%22", "{", "}", '"', "%", "+", "%E", "%EA%B0%80", ":", "a", "result", "code"))
        .map((s) => s.join("")),
    );
    await fc.assert(
      fc.asyncProperty(text, async (body) => {
        await received(body).catch((error) => expect(error).toBeInstanceOf(DecodeError));
      }),
      { numRuns: 1_000 },
    );
  });
});
