import type { Socket } from "node:net";
import type { Proxies } from "./proxies.ts";

/** The connections of a server, so that nobody takes all of them. */
export interface ConnectionRoom {
  /** Counts a connection until it closes, or ends it at once where its address has its share. */
  enter(socket: Socket): void;
  /** Whether so many are open that who wasn't let in should not stay. */
  isShort(): boolean;
}

/** One address has half of the connections at most, where it is not a proxy's; they are short when half of them are taken. */
export function connectionRoom(most: number, proxies: Proxies): ConnectionRoom {
  const half = most / 2;
  const byAddress = new Map<string, number>();
  let open = 0;
  return {
    enter(socket) {
      const { remoteAddress: address = "" } = socket;
      const own = byAddress.get(address) ?? 0;
      if (own >= half && !proxies.has(address)) return void socket.destroy();
      byAddress.set(address, own + 1);
      open++;
      socket.once("close", () => {
        open--;
        const left = (byAddress.get(address) ?? 0) - 1;
        if (left > 0) byAddress.set(address, left);
        else byAddress.delete(address);
      });
    },
    isShort: () => open > half,
  };
}
