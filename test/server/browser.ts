/** What a browser does for its visitor: keeps cookies, follows redirects, says which page asks. */
export interface Browser {
  /** Goes to an address as a click does, through every redirect. */
  visit(url: string): Promise<Response>;
  /** Asks without going on, and without what pages of ours say. */
  step(url: string, init?: RequestInit): Promise<Response>;
  /** Asks as a page of that server does. */
  fetch(url: string, init?: RequestInit): Promise<Response>;
  /** By origin and name. */
  readonly cookies: Map<string, string>;
}

/** A browser without any cookie. */
export function openBrowser(): Browser {
  const cookies = new Map<string, string>();
  const send = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const { origin } = new URL(url);
    const own = [...cookies].filter(([key]) => key.startsWith(`${origin} `));
    const cookie = own.map(([key, value]) => `${key.slice(origin.length + 1)}=${value}`).join("; ");
    const headers = new Headers(init.headers);
    if (cookie !== "") headers.set("cookie", cookie);
    const answer = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      const key = `${origin} ${pair.slice(0, at)}`;
      if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(key);
      else cookies.set(key, pair.slice(at + 1));
    }
    return answer;
  };
  const visit = async (url: string): Promise<Response> => {
    const answer = await send(url);
    const to = answer.headers.get("location");
    return to === null ? answer : visit(new URL(to, url).href);
  };
  return {
    cookies,
    step: send,
    visit,
    fetch: (url, init = {}) => {
      const headers = new Headers(init.headers);
      headers.set("x-stillwatch", "1");
      headers.set("origin", new URL(url).origin);
      headers.set("sec-fetch-site", "same-origin");
      return send(url, { ...init, headers });
    },
  };
}
