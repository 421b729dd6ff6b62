import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { missingStubs, withStubs } from "../../scripts/stub-lock.ts";
import type { Lock } from "../../scripts/stub-lock.ts";

const url = new URL("../../package-lock.json", import.meta.url);
const ours = JSON.parse(readFileSync(url, "utf8")) as Lock;

function lockWanting(name: string, version = "1.2.3", dev = false): Lock {
  const parent = { version: "1.2.3", optionalDependencies: { [name]: version } };
  return {
    lockfileVersion: 3,
    packages: { "": {}, "node_modules/tool": dev ? { ...parent, dev } : parent },
  };
}

describe("the lock", () => {
  it("has an entry for every optional dependency it names, so npm ci accepts it anywhere", () => {
    expect(missingStubs(ours)).toEqual({});
  });

  it("pins what it does not stub by hash", () => {
    const open = Object.entries(ours.packages).filter(
      ([path, entry]) => path !== "" && entry.integrity === undefined && entry.optional !== true,
    );
    expect(open.map(([path]) => path)).toEqual([]);
  });
});

describe("stub entries", () => {
  it("read the platform from the package's name", () => {
    expect(missingStubs(lockWanting("@tool/binding-linux-arm64-musl"))).toEqual({
      "node_modules/@tool/binding-linux-arm64-musl": {
        version: "1.2.3",
        os: ["linux"],
        cpu: ["arm64"],
        libc: ["musl"],
        optional: true,
      },
    });
    expect(missingStubs(lockWanting("tool-linux-arm-gnueabihf"))).toMatchObject({
      "node_modules/tool-linux-arm-gnueabihf": { cpu: ["arm"], libc: ["glibc"] },
    });
  });

  it("are for development only where their parent is", () => {
    const [stub] = Object.values(missingStubs(lockWanting("tool-win32-x64", "1.2.3", true)));
    expect(stub).toEqual({
      version: "1.2.3",
      os: ["win32"],
      cpu: ["x64"],
      dev: true,
      optional: true,
    });
  });

  it("leave what is there alone and change nothing the second time", () => {
    const once = withStubs(lockWanting("tool-darwin-x64"));
    expect(once.packages["node_modules/tool"]).toEqual(
      lockWanting("tool-darwin-x64").packages["node_modules/tool"],
    );
    expect(withStubs(once)).toEqual(once);
    expect(withStubs(ours)).toEqual(ours);
  });

  it("count an entry beside the parent as present", () => {
    const lock = lockWanting("tool-darwin-x64");
    lock.packages["node_modules/tool/node_modules/tool-darwin-x64"] = { version: "1.2.3" };
    expect(missingStubs(lock)).toEqual({});
  });

  it("are refused for a range of versions or a name without a platform", () => {
    expect(() => missingStubs(lockWanting("tool-darwin-x64", "^1.0.0"))).toThrow(
      "not an exact version",
    );
    expect(() => missingStubs(lockWanting("tool-extra"))).toThrow("no platform in its name");
  });
});
