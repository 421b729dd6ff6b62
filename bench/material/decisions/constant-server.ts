/** The least that can be asked: a bare `node:http` server in a process of its own that answers every request with the same bytes. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import process from "node:process";

const BODY = Buffer.from(
  '{"action":"limit","reason":"coordinated_harvest","expires":"2027-01-01T00:00:00.000Z","case":"c1","directive":null,"decision":"d1"}\n',
);

const server = createServer((_, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": BODY.length });
  response.end(BODY);
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit(0));
