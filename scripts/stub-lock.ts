/**
 * Completes package-lock.json: `npm run lock`, after every change of it.
 *
 * Where a registry mirror lacks a package's binaries for other platforms, `npm install` passes and
 * leaves them out of the lock, and `npm ci` then refuses that lock. A stub entry (version and
 * platform, no hash) satisfies it; npm skips the stubs of other platforms without fetching them.
 * `--check` writes nothing and fails where an entry is missing.
 */
import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { pathToFileURL } from "node:url";

/** The part of a lock entry that matters here. */
export interface LockEntry {
  version?: string;
  optional?: boolean;
  dev?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  integrity?: string;
  optionalDependencies?: Record<string, string>;
}

/** A package-lock.json of version 3. */
export interface Lock {
  readonly lockfileVersion: number;
  packages: Record<string, LockEntry>;
}

const OS = ["aix", "android", "darwin", "freebsd", "linux", "openharmony", "sunos", "win32"];
const CPU = ["arm64", "arm", "ia32", "loong64", "ppc64", "riscv64", "s390x", "x64"];
const EXACT_VERSION = /^\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.-]+)?$/;

/**
 * The optional dependencies that a lock names but has no entry for, as stub entries by their path.
 * Throws where one can't be written: a range instead of a version, or a name without a platform.
 */
export function missingStubs(lock: Lock): Record<string, LockEntry> {
  const stubs: Record<string, LockEntry> = {};
  for (const [parent, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isPresent(lock, parent, name)) continue;
      if (!EXACT_VERSION.test(version))
        throw new Error(`${parent} wants ${name}@${version}: not an exact version, install it.`);
      const { os, cpu, libc } = platformOf(name);
      // In npm's own order of keys, so that its next rewrite of the lock changes nothing here.
      stubs[`node_modules/${name}`] = {
        version,
        cpu: [cpu],
        ...(entry.dev === true ? { dev: true } : {}),
        ...(libc === undefined ? {} : { libc: [libc] }),
        optional: true,
        os: [os],
      };
    }
  }
  return stubs;
}

/** Returns the lock with its stubs, entries ordered by path as npm orders them. */
export function withStubs(lock: Lock): Lock {
  const packages = { ...lock.packages, ...missingStubs(lock) };
  const paths = Object.keys(packages).toSorted((a, b) => a.localeCompare(b, "en"));
  return {
    ...lock,
    packages: Object.fromEntries(paths.map((path) => [path, packages[path] as LockEntry])),
  };
}

/** Looks where Node would: beside the parent, then in every folder above it. */
function isPresent(lock: Lock, parent: string, name: string): boolean {
  for (let folder = parent; ; folder = folder.slice(0, folder.lastIndexOf("node_modules/"))) {
    const base = folder === "" || folder.endsWith("/") ? folder : `${folder}/`;
    if (lock.packages[`${base}node_modules/${name}`] !== undefined) return true;
    if (!folder.includes("node_modules/")) return false;
  }
}

/** Reads os, cpu and C library from a name such as `@oxlint/binding-linux-arm64-musl`. */
function platformOf(name: string): { os: string; cpu: string; libc: string | undefined } {
  const words = name.split(/[-/.]/);
  const os = OS.find((candidate) => words.includes(candidate));
  const cpu = CPU.find((candidate) => words.includes(candidate));
  if (os === undefined || cpu === undefined)
    throw new Error(`${name}: no platform in its name, so no stub can be written. Install it.`);
  const libc = words.some((word) => word.startsWith("musl"))
    ? "musl"
    : words.some((word) => word.startsWith("gnu"))
      ? "glibc"
      : undefined;
  return { os, cpu, libc };
}

function main(args: readonly string[]): number {
  const path = new URL("../package-lock.json", import.meta.url);
  const lock = JSON.parse(readFileSync(path, "utf8")) as Lock;
  const missing = Object.keys(missingStubs(lock)).length;
  if (missing === 0) {
    process.stdout.write("The lock is complete.\n");
    return 0;
  }
  if (args.includes("--check")) {
    process.stderr.write(`package-lock.json lacks ${missing} entries. Run: npm run lock\n`);
    return 1;
  }
  writeFileSync(path, `${JSON.stringify(withStubs(lock), undefined, 2)}\n`);
  process.stdout.write(`Added ${missing} stub entries to package-lock.json.\n`);
  return 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  process.exitCode = main(process.argv.slice(2));
