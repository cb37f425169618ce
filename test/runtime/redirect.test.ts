import { HttpError } from "kofin";
import { call, createCodef } from "kofin/codef";
import { undiciTransport } from "kofin/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { failure } from "../support/failure.js";
import { type Loopback, serve } from "../support/loopback.js";
import { moving } from "../support/operations.js";

const transports = [
  ["the platform's fetch", {}],
  ["undici", { fetch: undiciTransport() }],
] as const;

let host: Loopback;
let elsewhere: Loopback;
let arrived: string[] = [];
let redirected = "/v1";

beforeAll(async () => {
  elsewhere = await serve((request) => {
    arrived.push(`${request.method} ${new URL(request.url).pathname}`);
    return new Response("{}");
  });
  host = await serve((request) => {
    const { pathname } = new URL(request.url);
    const isToken = pathname === "/oauth/token";
    if (isToken && redirected !== pathname) return Response.json({ access_token: "t", expires_in: 600 });
    return new Response("", { status: 307, headers: { location: elsewhere.origin + pathname } });
  });
});

afterAll(async () => {
  await host.close();
  await elsewhere.close();
});

describe.each(transports)("a redirect, over %s", (_, options) => {
  it.each(["/v1", "/oauth/token"])(
    "of %s is not followed: nothing sent may be sent again, to another host at that",
    async (path) => {
      arrived = [];
      redirected = path;
      const codef = createCodef({ baseUrl: host.origin, oauthUrl: host.origin, ...options });
      for (const client of [
        codef,
        createCodef({ baseUrl: host.origin, oauthUrl: host.origin, ...options }).use({ onRequest() {} }),
      ]) {
        const error = await failure(call(client, moving, {}), HttpError);
        expect(String(error)).toContain("307");
      }
      expect(arrived).toEqual([]);
    },
  );
});
