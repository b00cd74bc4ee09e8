import { closingStages, destroyedStages } from './destroyed-stages.ts'
import { readingStages } from './reading-stages.ts'
import { LATER, type Stage, turns } from './stage.ts'

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

export const stages: readonly Stage[] = [
  ...open,
  ...ended,
  ...destroyedStages,
  ...closingStages,
  ...readingStages,
]
