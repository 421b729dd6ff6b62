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

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...given) {
  const [first] = given.flat();
  const path = typeof first === "object" && first !== null ? first.path : first;
  if (typeof path === "string" && Number.isNaN(Number(path))) return connect.apply(this, given);
  return refuse(`connect ${JSON.stringify(first)}`);
};
dns.lookup = (name) => refuse(`look up ${name}`);
dgram.createSocket = () => refuse("a datagram socket");
