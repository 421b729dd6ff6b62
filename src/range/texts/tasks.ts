import type { Random } from "../random.ts";
import { english } from "./english.ts";
import { chinese } from "./chinese.ts";
import { bank } from "./language.ts";
import { writeIdentifier, writeSnippet } from "./snippet.ts";
import { makeSubject, speak } from "./subject.ts";

/** What a work-list item asks for. */
export type TaskKind =
  | "mathematics"
  | "logic"
  | "code"
  | "analysis"
  | "writing"
  | "knowledge"
  | "chinese";

/** One piece of work that a prompt sets. */
export interface Task {
  readonly kind: TaskKind;
  readonly text: string;
}

const GOODS = bank(
  "crates of pears|rolls of linen|sacks of barley|boxes of candles|jars of honey|bundles of slate|tins of paint|trays of seedlings|reels of cable|cartons of chalk|bags of gravel|bales of straw|kegs of cider|coils of rope",
);
const TOPICS = bank(
  "tidal locking|the Hanseatic cities|enzyme inhibition|double-entry bookkeeping|plate tectonics|the printing press|photorefraction|soil salinity|monetary policy|vaccines|suspension bridges|glaciers|Byzantine mosaics|bird migration|sleep|nitrogen fixation|voting systems|radio astronomy|canal locks|fermentation|the water cycle|copyright|volcanic ash|Baroque opera|graph colouring|the blood-brain barrier|tree rings|zero-knowledge proofs",
);
const TURNS = bank(
  "for a curious ten-year-old|to a sceptical engineer|with one worked example|by contrasting two historical cases|in terms of energy|and name a common misconception|using an everyday analogy|with its main exception|and derive the key relation|for someone who missed the first lecture",
);

/** A self-contained task of the kind that lists for training, examination and benchmarking hold. `kind` is drawn where absent. */
export function writeTask(random: Random, kind?: TaskKind): Task {
  if (random.texts !== undefined) return { kind: kind ?? "knowledge", text: random.texts.task() };
  const chosen =
    kind ??
    random.weighted([
      ["mathematics", 3],
      ["logic", 2],
      ["code", 3],
      ["analysis", 2],
      ["writing", 1],
      ["knowledge", 2],
    ] as const);
  return { kind: chosen, text: WRITERS[chosen](random) };
}

const WRITERS: Readonly<Record<TaskKind, (random: Random) => string>> = {
  mathematics: (r) =>
    r.pick([
      () =>
        `${english.given(r)} of ${english.place(r)} sells ${r.whole(12, 480)} ${r.pick(GOODS)} at ${r.whole(3, 95)} each and then a further ${r.whole(5, 90)} at ${r.whole(5, 40)} % off. Transport costs ${r.whole(20, 900)}. What remains?`,
      () =>
        `A tank near ${english.place(r)} fills at ${r.whole(3, 60)} litres a minute and leaks ${r.whole(1, 20)} litres every ${r.whole(2, 9)} minutes. After how many minutes does it hold ${r.whole(300, 9000)} litres?`,
      () =>
        `How many ways are there to seat ${r.whole(4, 9)} guests, ${english.given(r)} and ${english.given(r)} among them, round a table of ${r.whole(9, 14)} if those two may not sit within ${r.whole(1, 3)} places of each other?`,
      () =>
        `Find every integer n below ${r.whole(200, 5000)} for which n^2 + ${r.whole(2, 60)}n + ${r.whole(3, 300)} is divisible by ${r.whole(7, 97)}.`,
      () =>
        `Two ferries leave ${english.place(r)} and ${english.place(r)}, ${r.whole(40, 400)} km apart, at ${r.whole(12, 30)} and ${r.whole(15, 38)} km/h; the second starts ${r.whole(5, 90)} minutes late. Where do they meet?`,
    ])(),
  logic: (r) => {
    const people = r.sample(
      ["Ada", "Bruno", "Celia", "Dermot", "Edie", "Felix", "Greta", "Hamish", "Imogen", "Jonas"],
      4,
    );
    const colours = r.sample(["amber", "blue", "crimson", "green", "ivory", "violet"], 3);
    return `${people.join(", ")} each keep one of ${r.pick(GOODS)}, ${r.pick(GOODS)} and ${r.pick(GOODS)} behind doors painted ${colours.join(", ")}. ${people[0]} never stands next to ${colours[0]}. ${people[1]} says ${people[2]} owns ${r.pick(GOODS)} unless the ${colours[1]} door is number ${r.whole(1, 4)}. Exactly ${r.whole(1, 3)} of them lie. Who stands at ${colours[2]}?`;
  },
  code: (r) =>
    r.pick([
      () =>
        `Write a function ${writeIdentifier(r)} that takes ${r.pick(GOODS)} as records and returns the ${r.whole(2, 20)} entries with the largest gap, in O(n log n), without using ${writeIdentifier(r)}. Include tests for ${r.whole(2, 6)} edge cases.`,
      () =>
        `The following fails for inputs above ${r.whole(50, 9000)}. Find the fault and repair it.\n\n${writeSnippet(r, r.whole(5, 10))}`,
      () =>
        `Design a class for ${r.pick(GOODS)} with ${writeIdentifier(r, "")} and ${writeIdentifier(r, "")}; it must survive ${r.whole(2, 64)} concurrent writers. Explain the locking.`,
    ])(),
  analysis: (r) => {
    const rows = Array.from(
      { length: r.whole(4, 7) },
      () =>
        `${english.place(r)},${r.whole(10, 999)},${r.whole(1, 99)},${(r.next() * 10).toFixed(2)}`,
    );
    return `Given the table\nplace,visits,orders,delay\n${rows.join("\n")}\nwhich place deviates most once ${r.pick(["delay", "orders", "visits"])} is held constant, and how sure can one be with ${rows.length} rows?`;
  },
  writing: (r) => {
    const subject = makeSubject(r, english);
    return `${speak(`Compose {piece} of ${r.whole(80, 400)} words in which {name} of {place} must explain {aspect} of {thing} to {name2}`, subject, r)}, who believes the opposite. End on ${r.pick(["a question", "a concession", "an image of water", "a date", "a joke"])}.`;
  },
  knowledge: (r) =>
    `Explain ${r.pick(TOPICS)} ${r.pick(TURNS)}, relate it to ${r.pick(TOPICS)}, and estimate one quantity near ${r.whole(2, 900)} ${r.pick(["metres", "years", "kelvin", "percent", "litres", "days"])}.`,
  chinese: (r) => {
    const subject = makeSubject(r, chinese);
    return speak(
      r.pick([
        "请详细分析{thing}的{aspect}，并举{count}个例子。",
        "假设{place}有{count2}户人家需要{thing}，怎样安排{aspect}？请给出推导。",
        "以“{thing}”为题，写{piece}，要涉及{aspect}和{aspect2}，人物叫{name}。",
        "判断下面的说法是否正确并说明理由：{claim}".replace(
          "{claim}",
          "{aspect}在{count}天以后才会影响{thing}，与{thing2}无关。",
        ),
      ]),
      subject,
      r,
    );
  },
};
