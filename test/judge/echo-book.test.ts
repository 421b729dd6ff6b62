import { describe, expect, it } from "vitest";
import { EchoBook } from "../../src/judge/echo-book.ts";

const anyone = (): boolean => true;
const members = new Set([1, 2, 3]);

describe("EchoBook", () => {
  it("hears an echo where one account presents what was issued to another alone", () => {
    const book = new EchoBook();
    book.issue(7, 1);
    expect(book.present(7, 1, anyone)).toBeUndefined();
    expect(book.present(7, 2, anyone)).toEqual({ issuer: 1, presenters: 2 });
    expect(book.between(members)).toEqual([{ presenter: 2, issuer: 1, issuers: 1, presenters: 2 }]);
    expect(book.echoing).toBe(1);
  });

  it("hears nothing of pieces that nobody is known to have been issued yet", () => {
    const book = new EchoBook();
    expect(book.present(7, 2, anyone)).toBeUndefined();
    book.issue(7, 1);
    book.issue(8, -1);
    expect(book.present(8, 2, anyone)).toBeUndefined();
    expect(book.echoing).toBe(0);
  });

  it("takes a piece for public from the moment on at which a second account is issued it, not before", () => {
    const book = new EchoBook();
    book.issue(7, 1);
    book.present(7, 2, anyone);
    expect(book.echoing).toBe(1);
    book.issue(7, 3);
    expect(book.echoing).toBe(0);
    expect(book.between(members)).toEqual([]);
    expect(book.present(7, 3, anyone)).toBeUndefined();
  });

  it("counts who presents a piece as of now, and keeps the least public piece of a pair", () => {
    const book = new EchoBook();
    for (const key of [7, 8]) book.issue(key, 1);
    expect(book.present(7, 2, anyone)).toBeDefined();
    expect(book.present(8, 2, anyone)).toBeUndefined();
    for (const presenter of [4, 5, 6]) book.present(7, presenter, anyone);
    expect(book.between(members)).toMatchObject([{ presenters: 1 }]);
    book.issue(8, 9);
    expect(book.between(members)).toMatchObject([{ presenters: 4 }]);
    expect(book.echoing).toBe(4);
  });

  it("leaves out accounts of one party, and accounts outside the group", () => {
    const book = new EchoBook();
    book.issue(7, 1);
    expect(book.present(7, 2, () => false)).toBeUndefined();
    book.present(7, 9, anyone);
    expect(book.between(members)).toEqual([]);
    expect(book.echoing).toBe(1);
  });
});
