import type { Progress } from "../core/progress.ts";
import { launch } from "./campaigns/blueprint.ts";
import {
  agenticHarvest,
  fixedLine,
  lowAndSlow,
  reasoningAndGrading,
} from "./campaigns/reported.ts";
import { agentUsers } from "./lookalikes/agent-users.ts";
import { appUsers } from "./lookalikes/app-users.ts";
import { benchmarkHarness, RELEASED } from "./lookalikes/benchmark-harness.ts";
import { companyBatch } from "./lookalikes/company-batch.ts";
import { keyRotation } from "./lookalikes/key-rotation.ts";
import { officeNetwork } from "./lookalikes/office-network.ts";
import { reseller } from "./lookalikes/reseller.ts";
import { onePersonTwoProducts } from "./lookalikes/two-products.ts";
import { universityClass } from "./lookalikes/university-class.ts";
import { viralPrompt } from "./lookalikes/viral-prompt.ts";
import { makePerson, personActor } from "./person.ts";
import { makeRandom, type Random } from "./random.ts";
import { folderTexts } from "./texts/folder-texts.ts";
import { readTexts } from "./texts/read-texts.ts";
import type { TextSource } from "./texts/text-source.ts";
import { DAY, HOUR, type Part, type Span } from "./world.ts";
import { writeWorld, type World, type WrittenWorld } from "./write-world.ts";

/** What to make and where. `until` is the end of the traffic; `scale` (default 1) multiplies the number of people and accounts. */
export interface DemoWorldOptions {
  readonly folder: string;
  readonly seed: string | number;
  readonly until: Date;
  readonly progress: Progress;
  readonly scale?: number;
  /** A folder to take people's and operations' texts from, instead of the grammars. */
  readonly texts?: string;
}

/** Makes the demonstration world, about 3,700 accounts and 90,000 exchanges over twelve days, as `exchanges.ndjson`, `accounts.ndjson` and `truth.json` in `folder`. */
export async function writeDemoWorld(options: DemoWorldOptions): Promise<WrittenWorld> {
  const { seed, until, scale, texts } = options;
  const source = texts === undefined ? undefined : folderTexts(readTexts(texts));
  const world = demoWorld(seed, until, scale, source);
  // Threads can't share the order in which a folder's texts are dealt.
  const recipe =
    texts === undefined
      ? { module: import.meta.url, make: "demoWorld", parameters: [seed, until, scale] }
      : undefined;
  return writeWorld(world, options.folder, options.progress, recipe);
}

/** The demonstration world: people at their own affairs, four operations as publicly reported, ten legitimate groups that resemble one, and a model that comes out half-way. */
export function demoWorld(
  seed: string | number,
  until: Date,
  scale = 1,
  texts?: TextSource,
): World {
  const span: Span = { from: until.getTime() - 12 * DAY, until: until.getTime() };
  const random = makeRandom(`demo ${seed}`, texts);
  const of = (count: number): number => Math.max(2, Math.round(count * scale));
  const at = (day: number): number => span.from + Math.round(day * DAY);
  const parts: Part[] = [
    {
      ...people(random.fork("people"), span, of(2100)),
      release: { model: RELEASED, at: at(6.4) },
    },
    launch(random.fork("fixed line"), fixedLine, {
      span,
      id: "campaign-1",
      accounts: of(160),
      window: { from: at(0.4), until: span.until },
      dials: { perDay: 13 },
    }),
    launch(random.fork("grading"), reasoningAndGrading, {
      span,
      id: "campaign-2",
      accounts: of(48),
      window: { from: at(1), until: span.until },
    }),
    launch(random.fork("low and slow"), lowAndSlow, {
      span,
      id: "campaign-3",
      accounts: of(700),
      window: { from: at(7.2), until: at(10.2) },
      dials: { perDay: 1.6 },
    }),
    launch(random.fork("agentic"), agenticHarvest, {
      span,
      id: "campaign-4",
      accounts: of(64),
      window: { from: at(0.5), until: span.until },
      dials: { perDay: 22, cover: 0.2 },
    }),
    companyBatch(random.fork("company"), {
      span,
      id: "company",
      accounts: of(6),
      perDay: 90,
      declared: true,
    }),
    agentUsers(random.fork("agent users"), { span, id: "agent", people: of(120) }),
    universityClass(random.fork("class"), {
      span,
      id: "class",
      students: of(80),
      dueAt: at(8) + 21 * HOUR,
    }),
    benchmarkHarness(random.fork("benchmark"), {
      span,
      id: "benchmark",
      evaluators: 7,
      questions: of(320),
      stopped: 1,
    }),
    appUsers(random.fork("app"), { span, id: "app", people: of(160) }),
    viralPrompt(random.fork("viral"), { span, id: "viral", people: of(150), peak: at(5.5) }),
    officeNetwork(random.fork("office"), { span, id: "office", people: of(60) }),
    reseller(random.fork("reseller"), { span, id: "reseller", accounts: of(24), usersEach: 6 }),
    onePersonTwoProducts(random.fork("two accounts"), { span, id: "pair", people: of(14) }),
    keyRotation(random.fork("rotation"), { span, id: "rotation", customers: of(10) }),
  ];
  return { seed: String(seed), span, parts, expected: Math.round(90_000 * scale) };
}

/** People who have nothing to do with each other. */
export function people(random: Random, span: Span, count: number): Part {
  const all = Array.from({ length: count }, () => makePerson(random, { span }));
  return {
    accounts: all.map((person) => person.line),
    actors: all.map((person, index) => personActor(person, span, random.fork(`person ${index}`))),
    independent: true,
  };
}
