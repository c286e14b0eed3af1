// The smallest broadcast server on Node's ws: whoever connects to /x is in the room x. Nothing is stored.
const { WebSocketServer } = require("ws");

const rooms = new Map();
const server = new WebSocketServer({ host: "127.0.0.1", port: Number(process.argv[2]), perMessageDeflate: false });
server.on("connection", (socket, request) => {
  const room = rooms.get(request.url) ?? new Set();
  rooms.set(request.url, room.add(socket));
  socket.on("message", (message, binary) => {
    for (const member of room) {
      if (member.readyState === 1) {
        member.send(message, { binary });
      }
    }
  });
  socket.on("close", () => room.delete(socket));
});
