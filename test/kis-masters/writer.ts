import iconv from "iconv-lite";

/** cp949 by another library than the one under test. */
export function cp949(text: string): Uint8Array {
  return new Uint8Array(iconv.encode(text, "cp949"));
}

/** Columns of a fixed width, as KIS pads them: text on the right. Bytes go in as they are. */
export function line(...columns: readonly (readonly [bytes: number, value: string | Uint8Array])[]): Uint8Array {
  return joined(...columns.map(([bytes, value]) => padded(bytes, value)));
}

export function padded(bytes: number, value: string | Uint8Array): Uint8Array {
  const content = typeof value === "string" ? cp949(value) : value;
  if (content.length > bytes) throw new Error(`${content.length} bytes do not fit into ${bytes}: ${value}`);
  return joined(content, new Uint8Array(bytes - content.length).fill(0x20));
}

/** Lines of a file, each with its end. */
export function lines(...all: readonly (Uint8Array | string)[]): Uint8Array {
  return joined(...all.flatMap((each) => [typeof each === "string" ? cp949(each) : each, Uint8Array.of(0x0a)]));
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** Bytes in pieces of so many. */
export function inPieces(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}
