import type { Random } from "../../src/range/random.ts";
import { DAY, MINUTE, type Span } from "../../src/range/world.ts";
import type { Material } from "./load-material.ts";

/** Arrival times of one client with a mean of `daily` requests a day: real gaps between arrivals, in their real order, stretched by the real ten-minute rates of one client (time change: a gap passes when the integrated rate has grown by it). */
export function* drawArrivals(
  random: Random,
  material: Material,
  daily: number,
  span: Span,
): Generator<number> {
  const curve = random.pick(material.curves);
  const gaps = random.pick(material.gaps);
  const slot = 10 * MINUTE;
  const shift = random.whole(0, curve.length - 1);
  let next = random.whole(0, gaps.length - 1);
  let time = span.from;
  let need = (gaps[next] as number) * random.next();
  while (time < span.until) {
    const index = Math.floor((time - span.from) / slot);
    const rate = ((curve[(index + shift) % curve.length] as number) * daily) / DAY;
    const end = span.from + (index + 1) * slot;
    const mass = rate * (end - time);
    if (mass <= need || rate === 0) {
      need -= mass;
      time = end;
      continue;
    }
    time += need / rate;
    if (time < span.until) yield Math.floor(time);
    next = (next + 1) % gaps.length;
    need = gaps[next] as number;
  }
}
