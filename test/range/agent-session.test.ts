import { describe, expect, it } from "vitest";
import { CONTEXT_LIMIT, runErrand } from "../../src/range/agent-session.ts";
import { makeRepository, openIssue, WORKING } from "../../src/range/agent.ts";
import { openThread } from "../../src/range/conversation.ts";
import { drawDeveloper } from "../../src/range/lookalikes/agent-users.ts";
import { HERON } from "../../src/range/lookalikes/heron.ts";
import { mergeByTime } from "../../src/range/merge-by-time.ts";
import { makeRandom } from "../../src/range/random.ts";
import { renderExchange } from "../../src/range/wire/render-exchange.ts";
import { DAY, SECOND, type Draft } from "../../src/range/world.ts";

const FROM = Date.UTC(2026, 10, 2);

function errand(steps: number, file = WORKING.file): Draft[] {
  const random = makeRandom(`errand ${steps}`);
  const person = drawDeveloper(random, { from: FROM, until: FROM + DAY });
  const repository = makeRepository(random, { ...WORKING, file });
  const due = () =>
    runErrand(random, {
      repository,
      scaffold: HERON,
      thread: openThread(random),
      opening: openIssue(repository, random),
      steps,
      start: FROM,
      until: FROM + DAY,
      pause: SECOND,
      door: () => ({ caller: person.caller, client: person.clients[0]! }),
    });
  return [...mergeByTime([{ due }])].map(({ draft }) => draft);
}

const size = (draft: Draft): number => renderExchange(draft, "ex", FROM).length;

describe("an agent's errand", () => {
  it("sends every request with all that was said before it, tool results included", () => {
    const drafts = errand(12);
    expect(drafts).toHaveLength(12);
    for (const [i, draft] of drafts.entries()) {
      if (i === 0) continue;
      const before = drafts[i - 1]!;
      const prefix = [...before.messages, before.answer];
      expect(draft.messages.slice(0, prefix.length)).toEqual(prefix);
      const added = draft.messages.slice(prefix.length);
      expect(added.map((message) => message.callId)).toEqual(
        before.answer.calls!.map((call) => call.id),
      );
    }
    expect(drafts.at(-1)!.answer.calls).toBeUndefined();
  });

  it("begins again from a summary where the conversation has outgrown the context", () => {
    const drafts = errand(200, 30_000);
    const sizes = drafts.map(size);
    const peak = Math.max(...sizes);
    expect(peak).toBeGreaterThan(CONTEXT_LIMIT * 0.8);
    expect(peak).toBeLessThan(CONTEXT_LIMIT * 2);
    const restarts = drafts.filter((draft, i) => i > 0 && draft.messages.length === 1);
    expect(restarts.length).toBeGreaterThan(0);
    for (const draft of restarts)
      expect(draft.messages[0]!.text).toContain("Where the work stands:");
  });

  it("reads the same text each time it reads a file", () => {
    const repository = makeRepository(makeRandom("files"), WORKING);
    const other = makeRepository(makeRandom("other files"), WORKING);
    for (const file of repository.files) {
      expect(repository.read(file)).toBe(repository.read(file));
      expect(other.read(file)).not.toBe(repository.read(file));
    }
  });
});
