import type { PackedText } from "./packed-text.ts";

/** Contents of exchanges in the order they came, each with its account: 16 bytes an item beside its text. */
export class ItemList {
  readonly #accounts: number[] = [];
  readonly #texts: PackedText[] = [];

  get length(): number {
    return this.#texts.length;
  }

  push(account: number, text: PackedText): void {
    this.#accounts.push(account);
    this.#texts.push(text);
  }

  /** Takes another's in too, until there are so many. */
  append(other: ItemList, most = Number.POSITIVE_INFINITY): void {
    for (let i = 0; i < other.length && this.length < most; i++) {
      this.push(other.account(i), other.text(i));
    }
  }

  account(index: number): number {
    return this.#accounts[index]!;
  }

  text(index: number): PackedText {
    return this.#texts[index]!;
  }

  /** The list without some accounts' items. */
  without(left: ReadonlySet<number>): ItemList {
    const kept = new ItemList();
    for (let i = 0; i < this.length; i++) {
      if (!left.has(this.account(i))) kept.push(this.account(i), this.text(i));
    }
    return kept;
  }

  /** All texts. */
  get texts(): readonly PackedText[] {
    return this.#texts;
  }
}
