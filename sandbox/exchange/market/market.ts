import { bounded } from "../../shared/bounded.js";
import type { Clock } from "../../shared/clock.js";
import { random } from "../../shared/random.js";
import { type Extra, grown } from "./extra.js";
import { type Instrument, onTick } from "./instrument.js";
import { type Session, session, TICK } from "./path.js";
import { round } from "./rounding.js";
import { closesAt, latestTradingDay, opensAt, sessionAt, tradingDay } from "./venue.js";

/** What was paid in a stretch of time. */
export interface Bar {
  day: number;
  /** When it begins. */
  at: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  /** Money that changed hands. */
  amount: number;
  /** The same of the day so far, up to the end of the bar. Absent where the bar is the day, or longer. */
  total?: { volume: number; amount: number };
}

export interface Trade {
  at: number;
  price: number;
  volume: number;
}

/** A price that a test has set, from a trade of a day on. */
interface Pin {
  day: number;
  tick: number;
  price: number;
}

/** The first day with a price: May 1997. */
const OLDEST = 10_000;

/** Sessions of a year. */
const YEAR = 250;

/** A trade that no session has. */
const NEVER = -1;

/** Prices of everything at all times, by the seed and the clock. */
export class Market {
  readonly #seed: string | number;
  readonly #clock: Clock;
  readonly #sessions = bounded<Session>(256);
  readonly #days = bounded<Bar>(20_000);
  readonly #years = bounded<readonly Bar[]>(256);
  readonly #pins = new Map<string, Pin[]>();
  readonly #extras = new Map<string, Extra>();

  constructor(seed: string | number, clock: Clock) {
    this.#seed = seed;
    this.#clock = clock;
  }

  get now(): number {
    return this.#clock();
  }

  price(instrument: Instrument): number {
    const { day, tick } = this.#position(instrument, this.now);
    const extra = this.#extras.get(instrument.id);
    if (extra?.day === day && extra.tick === tick) return extra.price;
    return this.#session(instrument, day).prices[tick] ?? 0;
  }

  /**
   * One more trade than the seed has, now: at the price before, or a step beside it where that is not pinned. It counts for the day,
   * and its price holds until the seed has the next one.
   */
  trade(instrument: Instrument): Trade {
    const { now } = this;
    const { id } = instrument;
    const { day, tick } = this.#position(instrument, now);
    const before = this.#extras.get(id);
    const extra = grown(
      before,
      { day, tick, from: this.#session(instrument, day).prices[tick] ?? 0, mayMove: !this.#pins.has(id) },
      {
        instrument,
        priceAt: (from, steps) => stepsFrom(instrument, from, steps),
        next: random(`${this.#seed}/${id}/extra/${day}/${before?.count ?? 0}`),
      },
    );
    this.#extras.set(id, extra);
    return { at: now, price: extra.price, volume: extra.sold };
  }

  /** The session that is on, or was the last to be, so far. */
  today(instrument: Instrument): Bar {
    const { day, tick } = this.#position(instrument, this.now);
    const bar = barOf(instrument, this.#session(instrument, day), 0, tick + 1);
    const extra = this.#extras.get(instrument.id);
    return extra?.day === day ? withExtra(bar, extra, this.price(instrument)) : bar;
  }

  /** The session before that. */
  yesterday(instrument: Instrument): Bar {
    return this.#day(instrument, tradingDay(instrument.venue, this.#position(instrument, this.now).day, -1));
  }

  /** The last 250 sessions, newest first, today so far: what counts as a year. */
  year(instrument: Instrument): readonly Bar[] {
    const today = this.today(instrument);
    const before = this.#years.get(`${instrument.id}/${today.day}`, () =>
      this.days(instrument, { until: today.day - 1, count: YEAR - 1 }),
    );
    return [today, ...before];
  }

  /** Sessions up to and with a day, newest first; today so far. */
  days(instrument: Instrument, { until, count, from = 0 }: { until?: number; count: number; from?: number }): Bar[] {
    const { venue } = instrument;
    const { day: current } = this.#position(instrument, this.now);
    const bars: Bar[] = [];
    let day = latestTradingDay(venue, Math.min(until ?? current, current));
    while (bars.length < count && day >= Math.max(from, OLDEST)) {
      bars.push(day === current ? this.today(instrument) : this.#day(instrument, day));
      day = tradingDay(venue, day, -1);
    }
    return bars;
  }

  /**
   * Bars of some minutes, newest first, beginning at or before a time.
   * @param step minutes
   * @param from the first day of which bars are wanted
   */
  minutes(
    instrument: Instrument,
    { until, count, step, from }: { until: number; count: number; step: number; from: number },
  ): Bar[] {
    const { day: current, tick: reached } = this.#position(instrument, this.now);
    const width = (step * 60_000) / TICK;
    const bars: Bar[] = [];
    let day = Math.min(sessionAt(instrument.venue, until), current);
    while (bars.length < count && day >= Math.max(from, OLDEST)) {
      const traded = this.#session(instrument, day);
      const ended = day === current ? reached + 1 : traded.prices.length;
      const wanted = Math.floor((until - traded.opensAt) / TICK) + 1;
      const latest = Math.floor((Math.min(ended, wanted) - 1) / width);
      const total = barOf(instrument, traded, 0, Math.min((latest + 1) * width, ended));
      for (let number = latest; number >= 0 && bars.length < count; number--) {
        const bar = barOf(instrument, traded, number * width, Math.min((number + 1) * width, ended));
        bars.push({ ...bar, total: { volume: total.volume, amount: total.amount } });
        total.volume -= bar.volume;
        total.amount -= bar.amount;
      }
      day = tradingDay(instrument.venue, day, -1);
    }
    return bars;
  }

  /** What was traded after one time, up to and with another, oldest first. Times that no session covers hold nothing. */
  *trades(instrument: Instrument, after: number, until = this.now): Generator<Trade> {
    const { venue } = instrument;
    const lastDay = sessionAt(venue, until);
    for (let day = sessionAt(venue, after); day <= lastDay; day = tradingDay(venue, day, 1)) {
      if (closesAt(venue, day) <= after) continue;
      const { opensAt: opened, prices, volumes } = this.#session(instrument, day);
      const first = Math.max(0, Math.floor((after - opened) / TICK) + 1);
      for (let tick = first; tick < prices.length && opened + tick * TICK <= until; tick++) {
        yield { at: opened + tick * TICK, price: prices[tick] ?? 0, volume: volumes[tick] ?? 0 };
      }
    }
  }

  /** Newest first: the latest trades up to now. */
  latest(instrument: Instrument, count: number): Trade[] {
    const { day, tick } = this.#position(instrument, this.now);
    const { opensAt: opened, prices, volumes } = this.#session(instrument, day);
    return Array.from({ length: Math.min(count, tick + 1) }, (_, back) => {
      const at = tick - back;
      return { at: opened + at * TICK, price: prices[at] ?? 0, volume: volumes[at] ?? 0 };
    });
  }

  /** From now on the price stays there, until it is pinned elsewhere. It need not be a price that the tick sizes allow. */
  pin(instrument: Instrument, price: number): void {
    const { day, tick } = this.#position(instrument, this.now);
    const pins = this.#pins.get(instrument.id) ?? [];
    this.#pins.set(instrument.id, [...pins, { day, tick, price }]);
    const extra = this.#extras.get(instrument.id);
    if (extra) extra.tick = NEVER;
    for (const known of [this.#sessions, this.#days, this.#years]) known.clear();
  }

  reset(): void {
    this.#pins.clear();
    this.#extras.clear();
    for (const known of [this.#sessions, this.#days, this.#years]) known.clear();
  }

  /** The latest trade at a time. */
  #position({ venue }: Instrument, time: number): { day: number; tick: number } {
    const day = sessionAt(venue, time);
    const count = Math.floor((closesAt(venue, day) - opensAt(venue, day)) / TICK);
    return { day, tick: Math.min(count - 1, Math.floor((time - opensAt(venue, day)) / TICK)) };
  }

  #session(instrument: Instrument, day: number): Session {
    return this.#sessions.get(`${instrument.id}/${day}`, () => {
      const made = session(this.#seed, instrument, day);
      for (const pin of this.#pins.get(instrument.id) ?? []) {
        if (pin.day <= day) made.prices.fill(pin.price, pin.day === day ? pin.tick : 0);
      }
      return made;
    });
  }

  #day(instrument: Instrument, day: number): Bar {
    return this.#days.get(`${instrument.id}/${day}`, () => {
      const whole = this.#session(instrument, day);
      return barOf(instrument, whole, 0, whole.prices.length);
    });
  }
}

function withExtra(bar: Bar, { high, low, volume, amount }: Extra, close: number): Bar {
  return {
    ...bar,
    high: Math.max(bar.high, high),
    low: Math.min(bar.low, low),
    close,
    volume: bar.volume + volume,
    amount: bar.amount + amount,
  };
}

function barOf({ unit, decimals }: Instrument, traded: Session, from: number, to: number): Bar {
  const first = traded.prices[from] ?? 0;
  const bar = { day: traded.day, at: traded.opensAt + from * TICK, open: first, high: first, low: first, close: first };
  let volume = 0;
  let amount = 0;
  for (let tick = from; tick < to; tick++) {
    const price = traded.prices[tick] ?? 0;
    const sold = traded.volumes[tick] ?? 0;
    if (price > bar.high) bar.high = price;
    if (price < bar.low) bar.low = price;
    volume += sold;
    amount += price * sold * unit;
    bar.close = price;
  }
  return { ...bar, volume, amount: round(amount, decimals) };
}

/** A price that can be ordered at, so many steps away from another. */
export function stepsFrom(instrument: Instrument, price: number, steps: number): number {
  let at = price;
  for (let left = Math.abs(steps); left > 0; left--) {
    // Below a boundary the steps are finer, so the step down is that of the price below.
    const step = steps > 0 ? instrument.tick(at) : instrument.tick(at - instrument.tick(at) / 2);
    at += steps > 0 ? step : -step;
  }
  return onTick(instrument, Math.max(at, instrument.tick(at)));
}
