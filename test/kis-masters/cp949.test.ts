import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { decode } from "../../runtime/kis/masters/cp949.js";
import { cp949 } from "./writer.js";

const text = (...bytes: number[]) => decode(Uint8Array.from(bytes), 0, bytes.length);

describe("cp949", () => {
  it("has every character of two bytes that another library has, and no other", () => {
    const differing: string[] = [];
    for (let lead = 0x81; lead <= 0xfe; lead++) {
      for (let trail = 0x41; trail <= 0xfe; trail++) {
        const theirs = iconv.decode(Buffer.from([lead, trail]), "cp949");
        const isOne = theirs.length === 1 && theirs !== "\ufffd";
        const ours = text(lead, trail);
        const agree = isOne ? ours === theirs : ours.startsWith("\ufffd");
        if (!agree) differing.push(`${lead.toString(16)}${trail.toString(16)} ${theirs} ${ours}`);
      }
    }
    expect(differing).toEqual([]);
  });

  it("has all 11,172 syllables, of which EUC-KR has 2,350", () => {
    const syllables = Array.from({ length: 11_172 }, (_, index) => String.fromCharCode(0xac00 + index)).join("");
    const bytes = cp949(syllables);
    expect(bytes.length).toBe(2 * 11_172);
    expect(decode(bytes, 0, bytes.length)).toBe(syllables);
  });

  it("goes on with the next character behind a broken one", () => {
    // 0x80 and 0xff begin no character; 0xc9 0x41 is none, but 0x41 is a letter.
    expect(text(0x80, 0x41)).toBe("\ufffdA");
    expect(text(0xff, 0xb0, 0xa1)).toBe("\ufffd가");
    expect(text(0xc9, 0x41, 0x42)).toBe("\ufffdAB");
    expect(text(0xb0, 0x20, 0x41)).toBe("\ufffd A");
    expect(text(0xc9, 0xa1, 0x41)).toBe("\ufffdA");
  });

  it("leaves out half a character at the end", () => {
    expect(text(0xb0, 0xa1, 0xb0)).toBe("가");
    expect(text(0xb0)).toBe("");
    expect(text()).toBe("");
  });

  it("reads what another library wrote, wherever it stands and however long it is", () => {
    const character = fc.constantFrom(..."가힣똠펲뷁갂삼성전자ABC xyz012|\t·ㄱ株€®％Ａ");
    fc.assert(
      fc.property(fc.array(character, { maxLength: 600 }), fc.nat(8), fc.nat(8), (characters, before, after) => {
        const bytes = cp949(characters.join(""));
        const within = new Uint8Array(before + bytes.length + after).fill(0xb0);
        within.set(bytes, before);
        expect(decode(within, before, before + bytes.length)).toBe(characters.join(""));
      }),
    );
  });
});
