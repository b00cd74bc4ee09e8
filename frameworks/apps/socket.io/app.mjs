import { createServer } from 'node:http'
import { Server } from 'socket.io'

export const app = createServer((_req, res) => res.end('not of Socket.IO'))
export const listen = (port) => app.listen(port, '127.0.0.1')

const io = new Server(app, { transports: ['polling'], cors: { origin: 'https://site.example' } })
io.on('connection', (socket) => {
  socket.emit('welcome', { query: socket.handshake.query.name })
  socket.on('sum', (a, b, reply) => reply(a + b))
  socket.on('bytes', (bytes, reply) => reply(Buffer.from(bytes).reverse()))
})
