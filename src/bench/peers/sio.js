// The smallest broadcast server on Socket.IO, WebSocket only. Nothing is stored.
const { Server } = require("socket.io");

const server = new Server(Number(process.argv[2]), { transports: ["websocket"] });
server.on("connection", (socket) => {
  socket.join("room");
  socket.emit("hello", "ready");
  socket.on("chat", (message) => server.to("room").emit("chat", message));
});
