import type { RequestListener } from 'node:http'
import { setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type AlbHandler, albHandler } from 'koa-alb'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Ending, endings } from './endings.mjs'
import { createContext, createEvent, createHandler, outcomeOf } from './exchange-of.mjs'

type Parts = Map<string, WeakRef<object>>

/** An exchange that is over. Its handler lives on, as it does from one invocation to the next. */
interface Exchanged {
  readonly handler: AlbHandler
  readonly outcome: number | string
  readonly parts: Parts
}

setFlagsFromString('--expose-gc')
const gc: () => void = runInNewContext('gc')

describe.each([
  ['single', false],
  ['multi', true],
])('in %s mode', (_, multi) => {
  const exchanges = new Map<Ending, Exchanged>()

  // One collection for all: each takes as long as an exchange.
  beforeAll(async () => {
    for (const ending of endings) exchanges.set(ending, await exchanged(ending, multi))
    // The turns that the closing of connections takes, and streams after them.
    for (let turns = 0; turns < 10; turns++) {
      await turn()
      gc()
    }
  })

  it.each(endings)('nothing of an exchange is left that was $name', (ending) => {
    const { outcome, parts } = exchanges.get(ending) ?? {}
    expect(outcome).toBe(ending.outcome)
    const left = [...(parts ?? [])].filter(([, part]) => part.deref() !== undefined)
    expect(left.map(([name]) => name)).toEqual([])
  })
})

async function exchanged(ending: Ending, multi: boolean): Promise<Exchanged> {
  const parts: Parts = new Map()
  const handler = createHandler(albHandler, ending, watching(parts))
  const event = createEvent(ending, multi)
  const context = createContext(ending)
  parts.set('event', new WeakRef(event)).set('context', new WeakRef(context))
  return { handler, parts, outcome: await outcomeOf(handler(event, context)) }
}

function watching(parts: Parts): RequestListener {
  return (req, res) => {
    const watch = (name: string, part: object) => parts.set(name, new WeakRef(part))
    watch('req', req)
    watch('res', res)
    watch('socket', req.socket)
    watch('headers', req.headers)
    const { emit } = req
    // A listener for `data` would start the body.
    req.emit = (name: string | symbol, ...args: unknown[]) => {
      if (name === 'data') watch('chunk', (args[0] as Buffer).buffer)
      return emit.call(req, name, ...args)
    }
  }
}
