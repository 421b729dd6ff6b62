import { expect, it } from "vitest";
import { ItemList } from "../../src/judge/item-list.ts";

const texts = Array.from({ length: 300 }, (_, i) => "x".repeat(i % 7));

it("keeps contents in the order they came, takes others in up to a number, and goes on without some accounts", () => {
  const list = new ItemList();
  for (const [i, text] of texts.entries()) list.push(i % 3, text);
  expect(list.texts).toEqual(texts);
  expect(list.account(299)).toBe(2);
  const without = list.without(new Set([0, 2]));
  expect(without.texts).toEqual(texts.filter((_, i) => i % 3 === 1));
  without.append(list, 150);
  expect(without.length).toBe(150);
  expect(without.texts.slice(100)).toEqual(texts.slice(0, 50));
  expect(without.account(101)).toBe(1);
});
