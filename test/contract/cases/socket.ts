import { IncomingMessage, ServerResponse } from 'node:http'
import { Duplex } from 'node:stream'
import type { Case } from '../contract.ts'
import { get, post } from '../request.ts'

export const socketCases: readonly Case[] = [
  {
    name: 'req and res are instances of the classes of node:http',
    app: (saw) => (req, res) => {
      saw([req instanceof IncomingMessage, res instanceof ServerResponse, res.req === req])
      res.end()
    },
    request: get(),
    saw: [[true, true, true]],
  },
  {
    name: 'req and res share a socket that is a duplex stream',
    app: (saw) => (req, res) => {
      saw([req.socket === res.socket, req.socket instanceof Duplex, req.connection === req.socket])
      res.end()
    },
    request: get(),
    saw: [[true, true, true]],
  },
  {
    name: 'res loses the socket at the end, req keeps it',
    app: (saw) => (req, res) => {
      const { socket } = req
      res.on('close', () => saw([res.socket, req.socket === socket]))
      res.end()
    },
    request: get(),
    saw: [[null, true]],
  },
  {
    name: 'the socket is open while the app answers',
    app:
      (saw) =>
      ({ socket }, res) => {
        saw([socket.readable, socket.writable, socket.destroyed, socket.readyState])
        res.end()
      },
    request: get(),
    saw: [[true, true, false, 'open']],
  },
  {
    name: 'the socket knows the address of the client',
    app:
      (saw) =>
      ({ socket }, res) => {
        saw([socket.remoteAddress, socket.remoteFamily])
        res.end()
      },
    request: get(),
    saw: [['127.0.0.1', 'IPv4']],
  },
  {
    name: 'the socket knows the port of the client',
    app:
      (saw) =>
      ({ socket }, res) => {
        saw(typeof socket.remotePort)
        res.end()
      },
    request: get(),
    saw: ['number'],
    balanced: {
      because: 'the event has it only if the load balancer adds client ports',
      saw: ['undefined'],
    },
  },
  {
    name: 'the socket of a plain connection is not encrypted',
    app:
      (saw) =>
      ({ socket }, res) => {
        saw('encrypted' in socket && Boolean(socket.encrypted))
        res.end()
      },
    request: get(),
    saw: [false],
  },
  {
    name: 'the setters of the socket return the socket',
    app:
      (saw) =>
      ({ socket }, res) => {
        const results = [
          socket.setTimeout(1000),
          socket.setNoDelay(true),
          socket.setKeepAlive(true, 1000),
          socket.unref(),
          socket.ref(),
          socket.setTimeout(0),
        ]
        saw(results.every((result) => result === socket))
        res.end()
      },
    request: get(),
    saw: [true],
  },
  {
    name: 'the socket can be corked, asked for its address and listened to',
    app:
      (saw) =>
      ({ socket }, res) => {
        socket.cork()
        socket.uncork()
        const listener = () => {}
        socket.on('error', listener).off('error', listener)
        saw([typeof socket.address(), socket.bytesRead >= 0, socket.bytesWritten >= 0])
        res.end('x')
      },
    request: get(),
    body: 'x',
    saw: [['object', true, true]],
  },
  {
    name: 'the socket closes once, without an error',
    app:
      (saw) =>
      ({ socket }, res) => {
        socket.on('close', (hadError) => saw(['close', hadError]))
        socket.on('error', () => saw('error'))
        res.end('x')
      },
    request: get(),
    body: 'x',
    saw: [['close', false]],
  },
  {
    name: 'setTimeout of req and res return them and call back while the app takes its time',
    app: (saw) => (req, res) => {
      saw([req.setTimeout(60_000) === req, res.setTimeout(60_000) === res])
      res.setTimeout(20).on('timeout', (socket) => {
        saw(socket === req.socket)
        res.end('timed out')
      })
    },
    request: get(),
    body: 'timed out',
    saw: [[true, true], true],
  },
  {
    name: 'a timeout set through req or the socket reaches a listener on res',
    app: () => (req, res) => {
      req.setTimeout(60_000).socket.setTimeout(20)
      res.on('timeout', () => res.end('timed out'))
    },
    request: get(),
    body: 'timed out',
  },
  {
    name: 'a timeout that is not reached stays silent',
    app: (saw) => (req, res) => {
      req.setTimeout(5_000, () => saw('timeout'))
      res.end('x')
    },
    request: get(),
    body: 'x',
  },
  {
    name: 'nothing is invented on req',
    app: (saw) => (req, res) => {
      const invented = [
        'body',
        'rawBody',
        'ip',
        'ips',
        'params',
        'query',
        'path',
        'event',
        'context',
      ]
      saw(invented.filter((name) => name in req))
      saw(
        ['requestContext', 'apiGateway', 'lambda', 'protocol', 'cookies'].filter(
          (name) => name in req,
        ),
      )
      res.end()
    },
    request: post('{}', 'Content-Type: application/json'),
    saw: [[], []],
  },
]
