import type { Messages } from './observation.ts'

/** A moment of an exchange, and how an app gets there. */
export interface Stage {
  readonly name: string
  readonly method?: 'GET' | 'HEAD'
  /** Bytes of the request body; a request without one is a GET. */
  readonly bodyBytes?: number
  /** Calls `act` at that moment. */
  readonly arrive: (messages: Messages, act: () => void) => void
}

const failure = (): Error => Object.assign(new Error('by the app'), { code: 'BY_APP' })
const turns = (count: number, act: () => void): void =>
  void setImmediate(() => (count > 1 ? turns(count - 1, act) : act()))
/** Enough for everything that was begun to come to its end. */
const LATER = 12

const open: readonly Stage[] = [
  { name: 'in the listener', arrive: (_, act) => act() },
  { name: 'a tick later', arrive: (_, act) => process.nextTick(act) },
  { name: 'a microtask later', arrive: (_, act) => queueMicrotask(act) },
  { name: 'a turn later', arrive: (_, act) => turns(1, act) },
  { name: 'some turns later', arrive: (_, act) => turns(LATER, act) },
  {
    name: 'after setHeader',
    arrive: ({ res }, act) => {
      res.setHeader('content-length', 3)
      act()
    },
  },
  {
    name: 'after writeHead',
    arrive: ({ res }, act) => {
      res.writeHead(200)
      act()
    },
  },
  {
    name: 'after writeHead of a 204',
    arrive: ({ res }, act) => {
      res.writeHead(204)
      act()
    },
  },
  {
    name: 'after flushHeaders',
    arrive: ({ res }, act) => {
      res.flushHeaders()
      act()
    },
  },
  {
    name: 'a turn after flushHeaders',
    arrive: ({ res }, act) => {
      res.flushHeaders()
      turns(1, act)
    },
  },
  {
    name: 'after a write',
    arrive: ({ res }, act) => {
      res.write('a')
      act()
    },
  },
  { name: 'in the callback of a write', arrive: ({ res }, act) => void res.write('a', act) },
  {
    name: 'a turn after a write',
    arrive: ({ res }, act) => {
      res.write('a')
      turns(2, act)
    },
  },
  {
    name: 'after a write of more than the buffer takes',
    arrive: ({ res }, act) => {
      res.write('x'.repeat(100_000))
      act()
    },
  },
  {
    name: 'in drain',
    arrive: ({ res }, act) => {
      res.once('drain', act).write('x'.repeat(100_000))
    },
  },
  {
    name: 'corked',
    arrive: ({ res }, act) => {
      res.cork()
      act()
    },
  },
  {
    name: 'corked, after a write',
    arrive: ({ res }, act) => {
      res.cork()
      res.write('a')
      act()
    },
  },
  {
    name: 'HEAD, after a write',
    method: 'HEAD',
    arrive: ({ res }, act) => {
      res.write('a')
      act()
    },
  },
]

const ended: readonly Stage[] = [
  {
    name: 'after end',
    arrive: ({ res }, act) => {
      res.end()
      act()
    },
  },
  {
    name: 'after end with a chunk',
    arrive: ({ res }, act) => {
      res.end('a')
      act()
    },
  },
  {
    name: 'after write and end',
    arrive: ({ res }, act) => {
      res.write('a')
      res.end('b')
      act()
    },
  },
  {
    name: 'after write, a turn, and end',
    arrive: ({ res }, act) => {
      res.write('a')
      turns(2, () => {
        res.end('b')
        act()
      })
    },
  },
  {
    name: 'a tick after end',
    arrive: ({ res }, act) => {
      res.end('a')
      process.nextTick(act)
    },
  },
  { name: 'in the callback of end', arrive: ({ res }, act) => void res.end('a', act) },
  { name: 'in prefinish', arrive: ({ res }, act) => void res.once('prefinish', act).end('a') },
  { name: 'in finish', arrive: ({ res }, act) => void res.once('finish', act).end('a') },
  { name: 'in close of res', arrive: ({ res }, act) => void res.once('close', act).end('a') },
  {
    name: 'in close of req',
    arrive: ({ req, res }, act) => {
      req.once('close', act)
      res.end('a')
    },
  },
  {
    name: 'in close of the socket',
    arrive: ({ res, socket }, act) => {
      socket.once('close', act)
      res.end('a')
    },
  },
  {
    name: 'some turns after end',
    arrive: ({ res }, act) => {
      res.end('a')
      turns(LATER, act)
    },
  },
  {
    name: 'HEAD, after end',
    method: 'HEAD',
    arrive: ({ res }, act) => {
      res.end('a')
      act()
    },
  },
]

const ways: readonly (readonly [string, (messages: Messages) => unknown])[] = [
  ['req.destroy()', ({ req }) => req.destroy()],
  ['req.destroy(error)', ({ req }) => req.destroy(failure())],
  ['res.destroy()', ({ res }) => res.destroy()],
  ['res.destroy(error)', ({ res }) => res.destroy(failure())],
  ['socket.destroy()', ({ socket }) => socket.destroy()],
  ['socket.destroy(error)', ({ socket }) => socket.destroy(failure())],
  ['socket.end()', ({ socket }) => socket.end()],
  ['socket.destroySoon()', ({ socket }) => socket.destroySoon()],
  ['socket.resetAndDestroy()', ({ socket }) => socket.resetAndDestroy()],
]

const destroyed: readonly Stage[] = ways.flatMap(([name, destroy]): Stage[] => [
  {
    name: `after ${name}`,
    arrive: (messages, act) => {
      destroy(messages)
      act()
    },
  },
  {
    name: `a tick after ${name}`,
    arrive: (messages, act) => {
      destroy(messages)
      process.nextTick(act)
    },
  },
  {
    name: `some turns after ${name}`,
    arrive: (messages, act) => {
      destroy(messages)
      turns(LATER, act)
    },
  },
  {
    name: `after a write and ${name}`,
    arrive: (messages, act) => {
      messages.res.write('a')
      destroy(messages)
      act()
    },
  },
  {
    name: `some turns after a write and ${name}`,
    arrive: (messages, act) => {
      messages.res.write('a')
      destroy(messages)
      turns(LATER, act)
    },
  },
  {
    name: `after end and ${name}`,
    arrive: (messages, act) => {
      messages.res.end('a')
      destroy(messages)
      act()
    },
  },
  {
    name: `some turns after end and ${name}`,
    arrive: (messages, act) => {
      messages.res.end('a')
      destroy(messages)
      turns(LATER, act)
    },
  },
])

const closing: readonly Stage[] = [
  {
    name: 'in close of res after res.destroy()',
    arrive: ({ res }, act) => void res.once('close', act).destroy(),
  },
  {
    name: 'in close of req after res.destroy()',
    arrive: ({ req, res }, act) => {
      req.once('close', act)
      res.destroy()
    },
  },
  {
    name: 'in aborted after res.destroy()',
    arrive: ({ req, res }, act) => {
      req.once('aborted', act)
      res.destroy()
    },
  },
  {
    name: 'in close of the socket after socket.destroy()',
    arrive: ({ socket }, act) => void socket.once('close', act).destroy(),
  },
]

const SMALL = 5
const LARGE = 200_000

const reading: readonly Stage[] = [
  { name: 'a small body, in the listener', bodyBytes: SMALL, arrive: (_, act) => act() },
  {
    name: 'a small body, a tick later',
    bodyBytes: SMALL,
    arrive: (_, act) => process.nextTick(act),
  },
  {
    name: 'a small body unread, some turns later',
    bodyBytes: SMALL,
    arrive: (_, act) => turns(LATER, act),
  },
  {
    name: 'a small body, in data',
    bodyBytes: SMALL,
    arrive: ({ req }, act) => void req.once('data', act),
  },
  {
    name: 'a small body, paused in data',
    bodyBytes: SMALL,
    arrive: ({ req }, act) =>
      void req.once('data', () => {
        req.pause()
        act()
      }),
  },
  {
    name: 'a small body, some turns after it was paused in data',
    bodyBytes: SMALL,
    arrive: ({ req }, act) =>
      void req.once('data', () => {
        req.pause()
        turns(LATER, act)
      }),
  },
  {
    name: 'a small body, some turns after pause()',
    bodyBytes: SMALL,
    arrive: ({ req }, act) => {
      req.pause()
      turns(LATER, act)
    },
  },
  {
    name: 'a small body, after resume()',
    bodyBytes: SMALL,
    arrive: ({ req }, act) => {
      req.resume()
      act()
    },
  },
  {
    name: 'a small body, in readable',
    bodyBytes: SMALL,
    arrive: ({ req }, act) => void req.once('readable', act),
  },
  {
    name: 'a small body, half read',
    bodyBytes: SMALL,
    arrive: ({ req }, act) =>
      void req.once('readable', () => {
        req.read(2)
        act()
      }),
  },
  {
    name: 'a small body, some turns after it was half read',
    bodyBytes: SMALL,
    arrive: ({ req }, act) =>
      void req.once('readable', () => {
        req.read(2)
        turns(LATER, act)
      }),
  },
  {
    name: 'a small body, in end',
    bodyBytes: SMALL,
    arrive: ({ req }, act) => void req.once('end', act).resume(),
  },
  {
    name: 'a small body, some turns after it was read',
    bodyBytes: SMALL,
    arrive: ({ req }, act) => {
      req.resume()
      turns(LATER, act)
    },
  },
  {
    name: 'a small body unread, after end of res',
    bodyBytes: SMALL,
    arrive: ({ res }, act) => {
      res.end('a')
      act()
    },
  },
  {
    name: 'a small body unread, some turns after end of res',
    bodyBytes: SMALL,
    arrive: ({ res }, act) => {
      res.end('a')
      turns(LATER, act)
    },
  },
  {
    name: 'a small body half read, some turns after end of res',
    bodyBytes: SMALL,
    arrive: ({ req, res }, act) =>
      void req.once('readable', () => {
        req.read(2)
        res.end('a')
        turns(LATER, act)
      }),
  },
  {
    name: 'a small body paused, some turns after end of res',
    bodyBytes: SMALL,
    arrive: ({ req, res }, act) =>
      void req.once('data', () => {
        req.pause()
        res.end('a')
        turns(LATER, act)
      }),
  },
  {
    name: 'a small body read, some turns after res.destroy()',
    bodyBytes: SMALL,
    arrive: ({ req, res }, act) =>
      void req
        .once('end', () => {
          res.destroy()
          turns(LATER, act)
        })
        .resume(),
  },
  {
    name: 'a small body, in data after req.destroy()',
    bodyBytes: SMALL,
    arrive: ({ req }, act) =>
      void req.once('data', () => {
        req.destroy()
        act()
      }),
  },
  {
    name: 'a small body, in end after req.destroy()',
    bodyBytes: SMALL,
    arrive: ({ req }, act) =>
      void req
        .once('end', () => {
          req.destroy()
          act()
        })
        .resume(),
  },
  { name: 'a large body unread, in the listener', bodyBytes: LARGE, arrive: (_, act) => act() },
  {
    name: 'a large body unread, some turns later',
    bodyBytes: LARGE,
    arrive: (_, act) => turns(LATER, act),
  },
  {
    name: 'a large body, in data after req.destroy()',
    bodyBytes: LARGE,
    arrive: ({ req }, act) =>
      void req.once('data', () => {
        req.destroy()
        act()
      }),
  },
  {
    name: 'a large body, in end',
    bodyBytes: LARGE,
    arrive: ({ req }, act) => void req.once('end', act).resume(),
  },
]

export const stages: readonly Stage[] = [...open, ...ended, ...destroyed, ...closing, ...reading]
