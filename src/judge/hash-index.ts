/** Share of the slots that may be taken. */
const MAX_LOAD = 0.7;

/** Numbers 64-bit hashes densely from 0, in the order they are first added. Open addressing, 12 bytes a slot, at most 70 % of them taken: 17 to 34 bytes a hash; expected O(1). */
export class HashIndex {
  #low: Uint32Array;
  #high: Uint32Array;
  #number: Int32Array;
  #mask: number;
  #size = 0;

  constructor(expected = 1024) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(1024, expected * 2)));
    this.#low = new Uint32Array(slots);
    this.#high = new Uint32Array(slots);
    this.#number = new Int32Array(slots).fill(-1);
    this.#mask = slots - 1;
  }

  get size(): number {
    return this.#size;
  }

  /** The number of a hash, or −1. */
  get(low: number, high: number): number {
    let slot = mix(low, high) & this.#mask;
    while (this.#number[slot]! >= 0) {
      if (this.#low[slot] === low && this.#high[slot] === high) return this.#number[slot]!;
      slot = (slot + 1) & this.#mask;
    }
    return -1;
  }

  /** The number of a hash, a new one where it was not known. */
  add(low: number, high: number): number {
    const known = this.get(low, high);
    if (known >= 0) return known;
    if (this.#size >= MAX_LOAD * this.#mask) this.#grow();
    this.#place(low, high, this.#size);
    return this.#size++;
  }

  #place(low: number, high: number, number: number): void {
    let slot = mix(low, high) & this.#mask;
    while (this.#number[slot]! >= 0) slot = (slot + 1) & this.#mask;
    this.#low[slot] = low;
    this.#high[slot] = high;
    this.#number[slot] = number;
  }

  #grow(): void {
    const [low, high, number] = [this.#low, this.#high, this.#number];
    const slots = (this.#mask + 1) * 2;
    this.#low = new Uint32Array(slots);
    this.#high = new Uint32Array(slots);
    this.#number = new Int32Array(slots).fill(-1);
    this.#mask = slots - 1;
    for (let i = 0; i < number.length; i++) {
      if (number[i]! >= 0) this.#place(low[i]!, high[i]!, number[i]!);
    }
  }
}

function mix(low: number, high: number): number {
  let h = Math.imul(low ^ (high >>> 7), 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
  h ^= h >>> 15;
  return h >>> 0;
}
