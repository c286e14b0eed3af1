// The smallest broadcast server on Bun, with the publish of its uWebSockets: whoever connects to /x is in the room x.
const server = Bun.serve({
  hostname: "127.0.0.1",
  port: Number(process.argv[2]),
  fetch: (request, own) =>
    own.upgrade(request, { data: new URL(request.url).pathname }) ? undefined : new Response("no WebSocket"),
  websocket: {
    perMessageDeflate: false,
    open: (socket) => socket.subscribe(socket.data),
    message: (socket, message) => server.publish(socket.data, message),
  },
});
