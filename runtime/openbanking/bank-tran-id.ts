import { soundStore } from "../auth/sound-store.js";
import type { TokenStore } from "../auth/token-store.js";

export interface BankTranIdOptions {
  /** 이용기관코드, ten characters. */
  useCode: string;
  /** Where the count is kept. Default: nowhere; each process then begins at a random place. */
  store?: TokenStore | undefined;
  /** How many are taken from the store at a time. Default 100. */
  block?: number;
}

export interface BankTranIds {
  /** A new 거래고유번호: 이용기관코드 + `U` + nine capitals and digits. */
  next(): Promise<string>;
}

/** Taken from the store at a time: what a process leaves over is never used. */
const BLOCK = 100;

/** Nine characters of 36 kinds. */
const SPACE = 36 ** 9;

/**
 * Makes bank_tran_ids. They have to be unique within a day of Seoul; these are until 36⁹ of them have been used, whatever the date:
 * a number made just before midnight may arrive just after it.
 *
 * With a store no number is ever given twice, to any process at any time: each process reserves a block and counts through it; what
 * it leaves over when it ends is lost. The count begins at a random place, so that a store which was lost is no disaster either.
 * Without a store every process begins at a random place of 10¹⁴ and counts on from there.
 */
export function bankTranIds(options: BankTranIdOptions): BankTranIds {
  const { useCode, block = BLOCK } = options;
  const store = options.store && soundStore(options.store);
  let next = store ? 0 : randomStart();
  let left = store ? 0 : Number.POSITIVE_INFINITY;
  let reserving: Promise<void> | undefined;

  const reserve = async (from: TokenStore) => {
    next = await reserveBlock(from, `openbanking:bankTranId:${useCode}`, block);
    left = block;
  };

  return {
    async next() {
      // Those who waited for a block may find it used up by others.
      while (store && left === 0) {
        reserving ??= reserve(store).finally(() => {
          reserving = undefined;
        });
        await reserving;
      }
      left -= 1;
      return `${useCode}U${nine(next++)}`;
    },
  };
}

async function reserveBlock(store: TokenStore, key: string, size: number): Promise<number> {
  return store.exclusive(key, async () => {
    const kept = await store.get(key);
    const start = kept && /^\d{1,15}$/.test(kept) ? Number(kept) : randomStart();
    await store.set(key, String((start + size) % SPACE));
    return start;
  });
}

function nine(count: number): string {
  return (count % SPACE).toString(36).toUpperCase().padStart(9, "0");
}

function randomStart(): number {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return ((high % 2 ** 20) * 2 ** 32 + low) % SPACE;
}
