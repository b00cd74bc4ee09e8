import type { Messages } from './observation.ts'
import { LATER, type Stage, turns } from './stage.ts'

const failure = (): Error => Object.assign(new Error('by the app'), { code: 'BY_APP' })
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

export const destroyedStages: readonly Stage[] = ways.flatMap(([name, destroy]): Stage[] => [
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

export const closingStages: readonly Stage[] = [
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
