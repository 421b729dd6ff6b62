import { chinese } from "./chinese.ts";
import { english } from "./english.ts";
import { german } from "./german.ts";
import { japanese } from "./japanese.ts";
import type { Language } from "./language.ts";
import { spanish } from "./spanish.ts";

/** Every language of the range, with its share of an invented provider's customers in per cent. */
export const LANGUAGES: readonly (readonly [Language, number])[] = [
  [english, 50],
  [spanish, 14],
  [chinese, 14],
  [german, 11],
  [japanese, 11],
];
