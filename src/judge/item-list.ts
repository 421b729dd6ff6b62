/**
 * Contents of exchanges in the order they came, packed: each as its account and its tokens. As objects, half a million of
 * them took four times the memory.
 */
export class ItemList {
  #accounts = new Int32Array(8);
  #ends = new Uint32Array(8);
  #tokens = new Uint16Array(256);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(account: number, tokens: Uint16Array): void {
    const start = this.#startOf(this.#length);
    if (this.#length === this.#accounts.length) {
      this.#accounts = grown(this.#accounts, 2 * this.#length);
      this.#ends = grown(this.#ends, 2 * this.#length);
    }
    if (start + tokens.length > this.#tokens.length) {
      this.#tokens = grown(this.#tokens, Math.max(1.5 * start, start + tokens.length));
    }
    this.#tokens.set(tokens, start);
    this.#accounts[this.#length] = account;
    this.#ends[this.#length] = start + tokens.length;
    this.#length += 1;
  }

  /** Takes another's in too, until there are so many. */
  append(other: ItemList, most = Number.POSITIVE_INFINITY): void {
    for (let i = 0; i < other.length && this.#length < most; i++) {
      this.push(other.account(i), other.tokens(i));
    }
  }

  account(index: number): number {
    return this.#accounts[index]!;
  }

  /** A view: it holds until the next push. */
  tokens(index: number): Uint16Array {
    return this.#tokens.subarray(this.#startOf(index), this.#ends[index]);
  }

  /** The list without some accounts' items. */
  without(left: ReadonlySet<number>): ItemList {
    const kept = new ItemList();
    for (let i = 0; i < this.#length; i++) {
      if (!left.has(this.account(i))) kept.push(this.account(i), this.tokens(i));
    }
    return kept;
  }

  /** All tokens, one item after the other. */
  *texts(): Generator<Uint16Array> {
    for (let i = 0; i < this.#length; i++) yield this.tokens(i);
  }

  #startOf(index: number): number {
    return index === 0 ? 0 : this.#ends[index - 1]!;
  }
}

function grown<T extends Int32Array | Uint32Array | Uint16Array>(old: T, length: number): T {
  const more = new (old.constructor as new (length: number) => T)(length);
  more.set(old);
  return more;
}
