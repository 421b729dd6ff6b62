import { describe, expect, it } from "vitest";
import { EchoBook } from "../../src/judge/echo-book.ts";

const anyone = (): boolean => true;
const members = new Set([1, 2, 3]);
const nobody = new Set<number>();

/** A book in which each account sent as many requests that present an earlier answer. */
function bookOf(...presenting: readonly number[]): EchoBook {
  const book = new EchoBook();
  presenting.forEach((requests, account) => {
    for (let i = 0; i < requests; i++) book.converse(account);
  });
  return book;
}

describe("EchoBook", () => {
  it("hears an echo where one account presents what was issued to another alone", () => {
    const book = new EchoBook();
    book.issue(7, 1);
    expect(book.present(7, 1, anyone)).toBeUndefined();
    expect(book.present(7, 2, anyone)).toEqual({ issuer: 1, presenters: 1 });
    expect(book.between(members)).toEqual([{ presenter: 2, issuer: 1 }]);
  });

  it("hears nothing of pieces that nobody is known to have been issued yet", () => {
    const book = new EchoBook();
    expect(book.present(7, 2, anyone)).toBeUndefined();
    book.issue(7, 1);
    book.issue(8, -1);
    expect(book.present(8, 2, anyone)).toBeUndefined();
    expect(book.between(members)).toEqual([]);
  });

  it("takes a piece for public from the moment on at which a second account is issued it, not before", () => {
    const book = new EchoBook();
    book.issue(7, 1);
    book.present(7, 2, anyone);
    expect(book.between(members)).toHaveLength(1);
    book.issue(7, 3);
    expect(book.between(members)).toEqual([]);
    expect(book.present(7, 3, anyone)).toBeUndefined();
  });

  it("takes a piece that many present for public, wherever they are", () => {
    const book = new EchoBook();
    book.issue(7, 1);
    book.issue(8, 1);
    book.present(8, 3, anyone);
    for (let presenter = 2; presenter <= 9; presenter++) book.present(7, presenter, anyone);
    expect(book.between(members)).toHaveLength(2);
    expect(book.present(7, 10, anyone)).toBeUndefined();
    expect(book.between(members)).toEqual([{ presenter: 3, issuer: 1 }]);
  });

  it("leaves out accounts of one party, and accounts outside the group", () => {
    const book = new EchoBook();
    book.issue(7, 1);
    expect(book.present(7, 2, () => false)).toBeUndefined();
    book.present(7, 9, anyone);
    expect(book.between(members)).toEqual([]);
  });

  it("compares with outsiders who present as much as the median member, and counts those who echo", () => {
    const heavy = Array.from({ length: 120 }, () => 20);
    const book = bookOf(1, 20, 20, 20, 16, 40, 3, 0, ...heavy);
    expect(book.outside(nobody)).toEqual({ presenting: 127, echoing: 0 });
    expect(book.outside(members)).toEqual({ presenting: 122, echoing: 0 });
    book.issue(7, 0);
    book.present(7, 5, anyone);
    expect(book.outside(members)).toEqual({ presenting: 122, echoing: 1 });
  });

  it("compares with those who present most where hardly anybody presents as much", () => {
    const light = Array.from({ length: 300 }, (_, i) => (i < 90 ? 9 : i < 150 ? 4 : 2));
    const book = bookOf(1, 5000, 5000, 5000, 5000, ...light);
    // The 90 are too few, so that the 60 who present half as often count too; those who hardly present do not.
    expect(book.outside(members)).toEqual({ presenting: 151, echoing: 0 });
  });

  it("leaves outsiders out whom echoes tie to the group", () => {
    const book = bookOf(20, 20, 20, 20, 20, 20);
    book.issue(7, 1);
    book.present(7, 5, anyone);
    expect(book.outside(members)).toEqual({ presenting: 2, echoing: 0 });
  });

  it("counts three at most of outsiders who are tied to one another: they may be one operation", () => {
    const book = bookOf(...Array.from({ length: 40 }, () => 20));
    for (let i = 10; i < 30; i++) {
      book.issue(i, i);
      book.present(i, i + 1, anyone);
    }
    expect(book.outside(members)).toEqual({ presenting: 37, echoing: 3 });
  });
});
