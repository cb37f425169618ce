import { InvalidInputError } from "kofin";
import { defineProvider } from "kofin/provider";
import { call } from "kofin/provider/functions";
import { describe, expect, test } from "vitest";
import { failure } from "../support/failure.js";

const data = { name: "acme", environments: { real: "https://real.example", mock: "https://mock.example" } } as const;
const operation = { id: "orders.list", method: "GET", path: "/orders", retry: "safe" } as const;

describe("an operation that not every environment serves", () => {
  const sent: string[] = [];
  const fetch = async (url: string) => {
    sent.push(url);
    return Response.json({});
  };
  const clientFor = (environment: "real" | "mock") => defineProvider(data)({ environment, fetch });

  test("is refused elsewhere, and nothing is sent", async () => {
    const error = await failure(call(clientFor("mock"), { ...operation, environments: ["real"] }));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({ code: "MOCK_UNSUPPORTED", field: "environment", operation: "orders.list" });
    expect((error as Error).message).toContain("it takes a client for real");
    expect(sent).toEqual([]);
  });

  test("is called where it is served, and so is what all serve", async () => {
    await call(clientFor("real"), { ...operation, environments: ["real"] });
    await call(clientFor("mock"), operation);
    expect(sent).toEqual(["https://real.example/orders", "https://mock.example/orders"]);
  });
});
