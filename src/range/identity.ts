import type { Random } from "./random.ts";
import { bank } from "./texts/language.ts";
import { DAY, type AccountLine, type Client, type Span } from "./world.ts";

/** Countries people of a language live in, with the hours their clocks differ from UTC. */
export interface Home {
  readonly country: string;
  readonly offset: number;
}

const HOMES: Readonly<Record<string, readonly (readonly [Home, number])[]>> = {
  en: [
    [{ country: "US", offset: -5 }, 4],
    [{ country: "US", offset: -8 }, 3],
    [{ country: "GB", offset: 0 }, 3],
    [{ country: "IN", offset: 5.5 }, 3],
    [{ country: "AU", offset: 10 }, 1],
    [{ country: "CA", offset: -5 }, 1],
    [{ country: "SG", offset: 8 }, 1],
    [{ country: "NG", offset: 1 }, 1],
  ],
  es: [
    [{ country: "ES", offset: 1 }, 4],
    [{ country: "MX", offset: -6 }, 3],
    [{ country: "AR", offset: -3 }, 2],
    [{ country: "CO", offset: -5 }, 2],
  ],
  de: [
    [{ country: "DE", offset: 1 }, 6],
    [{ country: "AT", offset: 1 }, 1],
    [{ country: "CH", offset: 1 }, 1],
  ],
  zh: [
    [{ country: "SG", offset: 8 }, 3],
    [{ country: "HK", offset: 8 }, 3],
    [{ country: "TW", offset: 8 }, 3],
    [{ country: "US", offset: -8 }, 1],
  ],
  ja: [[{ country: "JP", offset: 9 }, 1]],
};

/** Where a speaker of `language` lives. */
export function drawHome(random: Random, language: string): Home {
  return random.weighted(HOMES[language] ?? HOMES["en"]!);
}

const AGENTS: readonly (readonly [string, number])[] = [
  ["python-httpx/0.28.1", 5],
  ["python-httpx/0.27.2", 3],
  ["python-requests/2.32.3", 4],
  ["node-fetch/3.3.2", 3],
  ["undici/7.3.0", 3],
  ["axios/1.7.9", 3],
  ["okhttp/4.12.0", 2],
  ["Go-http-client/2.0", 2],
  ["aiohttp/3.11.11", 2],
  ["reqwest/0.12.9", 1],
  ["curl/8.11.1", 1],
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0.0.0", 6],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1.15", 4],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Firefox/133.0", 2],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) Mobile/15E148", 4],
  ["Mozilla/5.0 (Linux; Android 15) Chrome/131.0.0.0 Mobile", 3],
];

/** Client strings a program sends, as opposed to a browser. */
export const PROGRAM_AGENTS = AGENTS.filter(([agent]) => !agent.startsWith("Mozilla"));

/** A device's network-side look: client string and TLS fingerprint. A few TLS stacks serve each client string. */
export function drawDevice(random: Random, programs = false): Pick<Client, "userAgent" | "ja4"> {
  const userAgent = random.weighted(programs ? PROGRAM_AGENTS : AGENTS);
  const stack = mix(userAgent, random.pick([0, 0, 0, 1, 1, 2]));
  return {
    userAgent,
    ja4: `t13d${1500 + (stack % 17)}h2_${hex12(stack)}_${hex12((stack ^ 0x5bd1e995) >>> 0)}`,
  };
}

/** A residential or office line. Addresses lie in 240.0.0.0/4, which no one owns; autonomous systems are private numbers. */
export function drawLine(random: Random, country: string): Pick<Client, "ip" | "asn" | "country"> {
  const provider = random.weighted([
    [0, 6],
    [1, 4],
    [2, 3],
    [3, 2],
    [4, 1],
    [5, 1],
  ] as const);
  const base = mix(country, provider);
  const asn = 64_512 + (base % 1000);
  const block = 240 + (base % 14);
  return {
    ip: `${block}.${(base >>> 8) & 0xff}.${random.whole(0, 255)}.${random.whole(1, 254)}`,
    asn,
    country,
  };
}

/** A rented server: few networks, many customers. */
export function drawServer(random: Random): Pick<Client, "ip" | "asn" | "country"> {
  const country = random.pick(["US", "DE", "SG", "JP", "GB", "NL"]);
  const base = mix(`server ${country}`, random.whole(0, 2));
  return {
    ip: `254.${base & 0xff}.${random.whole(0, 255)}.${random.whole(1, 254)}`,
    asn: 65_512 - (base % 12),
    country,
  };
}

/** Another address of the same line, as a provider deals them out: the last number changes. */
export function renewAddress(random: Random, client: Client): Client {
  return { ...client, ip: client.ip.replace(/\d+$/, String(random.whole(1, 254))) };
}

/** Mail services that anyone may sign up with. */
export const WEBMAIL = bank(
  "postfach.example|mailcove.example|inkbox.example|lettera.example|correo.example|youxiang.example|denshi.example|quickpost.example",
);
/** Mail services that give out throw-away addresses; ordinary people use them too. */
export const DISPOSABLE = bank(
  "tempdrop.example|tenminutes.example|burnbox.example|oncemail.example|fadepost.example|nullpost.example",
);

/** What may be fixed of an account's line; the rest is drawn. */
export interface Enrolment {
  readonly home: Home;
  readonly span: Span;
  readonly created?: number;
  readonly organization?: string;
  readonly parent?: string;
  readonly plan?: string;
  readonly program?: string;
  readonly mail?: string;
  readonly payment?: string | null;
  readonly phone?: string;
  readonly device?: string;
  readonly paymentCountry?: string;
  readonly verification?: string;
  readonly text?: "keep" | "transient" | "none";
}

/** Draws an account. People's sign-up dates reach back about three years, denser towards now; one in eight falls inside the world's window. */
export function enrol(random: Random, given: Enrolment): AccountLine {
  const { span } = given;
  const created =
    given.created ??
    (random.chance(0.1)
      ? span.from + random.next() * (span.until - span.from) * 0.8
      : span.from - (random.exponential(260) % 1100) * DAY);
  const plan =
    given.plan ??
    random.weighted([
      ["payg", 5],
      ["free", 3],
      ["pro", 3],
      ["team", 1],
    ] as const);
  const pays = plan !== "free" || random.chance(0.2);
  const level =
    given.verification ??
    random.weighted([
      ["email", 5],
      ["phone", 4],
      ["identity", 1],
    ] as const);
  const day = new Date(created).toISOString();
  const payment =
    given.payment === undefined ? (pays ? `pay_${random.hex(16)}` : null) : given.payment;
  return {
    account: `acct_${random.token(14)}`,
    ...(given.parent === undefined ? {} : { parent: given.parent }),
    created: day,
    ...(given.organization === undefined ? {} : { organization: given.organization }),
    plan,
    ...(given.program === undefined ? {} : { program: given.program }),
    email_domain:
      given.mail ?? (random.chance(0.05) ? random.pick(DISPOSABLE) : random.pick(WEBMAIL)),
    ...(payment === null
      ? {}
      : { payment, payment_country: given.paymentCountry ?? given.home.country }),
    ...(given.phone !== undefined || random.chance(0.6)
      ? { phone: given.phone ?? `tel_${random.hex(16)}` }
      : {}),
    ...(given.device !== undefined || random.chance(0.7)
      ? { device: given.device ?? `dev_${random.hex(16)}` }
      : {}),
    country: given.home.country,
    verification: { level, method: level === "identity" ? "document" : level, at: day },
    terms: { version: created < span.from - 200 * DAY ? "2025-03" : "2026-01", accepted: day },
    status: "active",
    text: given.text ?? (plan === "team" ? "transient" : "keep"),
  };
}

/** A 32-bit mixture of a text and a number, the same in every world. */
function mix(text: string, salt: number): number {
  let h = 0x811c9dc5 ^ Math.imul(salt + 1, 0x9e3779b1);
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h ^= h >>> 15;
  return Math.imul(h, 0x2c1b3c6d) >>> 0;
}

function hex12(value: number): string {
  const high = Math.imul(value ^ 0x7feb352d, 0x846ca68b) >>> 0;
  return (value.toString(16).padStart(8, "0") + high.toString(16).padStart(8, "0")).slice(0, 12);
}
