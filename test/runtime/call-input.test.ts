import { describe, expect, it } from "vitest";
import { faults } from "../../runtime/call/fault.js";
import { decodeFields } from "../../runtime/call/fields.js";
import type { Sources } from "../../runtime/call/flat-input.js";
import { fillIn } from "../../runtime/call/input.js";
import type { ApiOperation } from "../../runtime/call/operation.js";

const base: ApiOperation = { id: "some.operation", method: "POST", path: "/some", retry: "safe" };
const faultAt = (field: string) => faults("kis")({ id: base.id }, field);
const fill = (operation: Partial<ApiOperation>, input: unknown, sources: Sources = {}) =>
  fillIn({ ...base, ...operation }, input, sources, faultAt);

describe("fillIn", () => {
  it("fills in defaults where nothing was passed, in lists too", () => {
    const defaults = { kind: "01", blank: "", "rows[].flag": "N", "deep.x": "1" };
    expect(fill({ defaults }, { kind: null, rows: [{}, { flag: "Y" }], deep: {} })).toEqual({
      kind: "01",
      blank: "",
      rows: [{ flag: "N" }, { flag: "Y" }],
      deep: { x: "1" },
    });
    expect(fill({ defaults }, { kind: "", blank: "b" })).toEqual({ kind: "", blank: "b" });
  });

  it("asks the client's sources for what is missing, with the path and the input, and for nothing else", () => {
    const asked: unknown[] = [];
    const sources: Sources = {
      who: (path, input) => {
        asked.push([path, input]);
        return `who of ${path}`;
      },
      nothing: () => undefined,
    };
    const from = { A: "who", B: "who", "list[].C": "who", D: "nothing", E: "no such source" };
    const input = { A: "mine", list: [{}, { C: "mine" }] };
    expect(fill({ from }, input, sources)).toEqual({
      A: "mine",
      B: "who of B",
      list: [{ C: "who of list[].C" }, { C: "mine" }],
    });
    expect(asked).toEqual([
      ["B", input],
      ["list[].C", input],
    ]);
  });

  it("accepts other names for a field, and sends the right one", () => {
    const accepts = { SGI_NO: ["SGL_NO", "sgiNo"], "rows[].ID": ["identity"] };
    expect(fill({ accepts }, { SGL_NO: "1", rows: [{ Identity: "2" }] })).toEqual({ SGI_NO: "1", rows: [{ ID: "2" }] });
    expect(fill({ accepts }, { SGI_NO: "right", SGL_NO: "wrong" })).toEqual({ SGI_NO: "right", SGL_NO: "wrong" });
  });

  it("names what is missing, after everything was filled in", () => {
    const operation = { required: ["A", "B", "C", "rows", "rows[].D"], defaults: { A: "1" }, from: { B: "who" } };
    const sources: Sources = { who: () => "w" };
    expect(() => fill(operation, { rows: [] }, sources)).toThrow(
      expect.objectContaining({ code: "INPUT_MISSING", field: "C", message: "some.operation: C is missing" }),
    );
    expect(() => fill(operation, { C: null }, sources)).toThrow(expect.objectContaining({ field: "C" }));
    expect(() => fill(operation, { C: 1, rows: [{}] }, sources)).toThrow(
      expect.objectContaining({ field: "rows[].D" }),
    );
    expect(() => fill(operation, { C: 1, rows: {} }, sources)).toThrow(
      expect.objectContaining({ code: "INPUT_INVALID", field: "rows" }),
    );
    expect(fill(operation, { C: 0, rows: [{ D: "" }] }, sources)).toMatchObject({ A: "1", B: "w", C: 0 });
  });

  it("finds the way in which an object is filled, or what it lacks", () => {
    const variants = {
      "": [
        { when: { type: "1" }, required: ["password"], defaults: { type: "1" } },
        { when: { type: "2" }, required: ["number"] },
      ],
    };
    expect(fill({ variants }, { password: "p" })).toEqual({ password: "p" });
    expect(() => fill({ variants }, { type: "2" })).toThrow(
      expect.objectContaining({ code: "INPUT_MISSING", field: "number" }),
    );
    expect(() => fill({ variants }, { type: "3" })).toThrow(
      expect.objectContaining({ code: "INPUT_INVALID", field: "type" }),
    );
  });

  it.each([undefined, null])("takes %s for an empty input", (input) => {
    expect(fill({ defaults: { a: "1" } }, input)).toEqual({ a: "1" });
  });

  it.each([[[]], ["text"], [5], [true]])("takes %j for none", (input) => {
    expect(() => fill({}, input)).toThrow(expect.objectContaining({ code: "INPUT_INVALID", field: "input" }));
  });

  it("leaves the caller's objects alone", () => {
    const input = Object.freeze({ rows: Object.freeze([Object.freeze({ a: 1 })]) });
    fill({ defaults: { "rows[].b": "1", c: "2" }, from: { "rows[].d": "who" } }, input, { who: () => "w" });
    expect(input).toEqual({ rows: [{ a: 1 }] });
  });
});

describe("settled", () => {
  const settle = (operation: Partial<ApiOperation>, data: unknown) => decodeFields({ ...base, ...operation }, data);

  it("gives fields the names of the spec, whatever their case, blanks and aliases", () => {
    const also = { "output.ODNO": ["odno", "order_no"], "rows[].NAME": [], Output1: ["output2"] };
    expect(settle({ also }, { output: { "odno ": "1" }, rows: [{ name: "a" }, { NAME: "b", name: "c" }] })).toEqual({
      output: { ODNO: "1" },
      rows: [{ NAME: "a" }, { NAME: "b", name: "c" }],
    });
    expect(settle({ also }, { output: { Order_No: "2" }, OUTPUT2: [] })).toEqual({
      output: { ODNO: "2" },
      Output1: [],
    });
    expect(settle({ also }, { output: "", rows: null })).toEqual({ output: "", rows: null });
  });

  it("makes lists of what may come alone, and objects of what may come in a list", () => {
    const shapes = { many: ["rows", "outer[].inner"], one: ["head"] };
    expect(settle(shapes, { rows: { a: 1 }, outer: [{ inner: "" }, { inner: [1] }], head: [{ b: 1 }] })).toEqual({
      rows: [{ a: 1 }],
      outer: [{ inner: [] }, { inner: [1] }],
      head: { b: 1 },
    });
    expect(settle(shapes, { rows: {}, head: [] })).toEqual({ rows: [], head: {} });
    expect(() => settle(shapes, { head: [{ b: 1 }, { b: 2 }] })).toThrow("2 rows stand where head is one object");
    expect(settle(shapes, { rows: null, head: "" })).toEqual({ rows: [], head: {} });
    expect(settle(shapes, { head: { b: 1 } })).toEqual({ head: { b: 1 } });
  });

  it("renames before it reshapes, and invents nothing", () => {
    expect(settle({ also: { rows: ["list"] }, many: ["rows"] }, { LIST: { a: 1 } })).toEqual({ rows: [{ a: 1 }] });
    expect(settle({ also: { rows: ["list"] }, many: ["rows"], one: ["head"] }, {})).toEqual({});
  });
});
