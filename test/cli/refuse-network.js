/** Loaded before a program (`--import`): connections to anything but a unix socket are refused, and noted in the file REFUSED_FILE. */
import dgram from "node:dgram";
import dns from "node:dns";
import { appendFileSync } from "node:fs";
import net from "node:net";
import process from "node:process";

const refuse = (what) => {
  appendFileSync(process.env.REFUSED_FILE ?? "", `${what}\n`);
  throw new Error(`the network is refused: ${what}`);
};

const { prototype } = net.Socket;
prototype.connect = new Proxy(Reflect.get(prototype, "connect"), {
  apply(connect, socket, given) {
    const [first] = given.flat();
    const path = typeof first === "object" && first !== null ? first.path : first;
    if (typeof path === "string" && Number.isNaN(Number(path))) {
      return Reflect.apply(connect, socket, given);
    }
    return refuse(`connect ${JSON.stringify(first)}`);
  },
});
dns.lookup = (name) => refuse(`look up ${name}`);
dgram.createSocket = () => refuse("a datagram socket");
