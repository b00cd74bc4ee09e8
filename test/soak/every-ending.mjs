// Every ending, in turn and in both modes, with idle times set on all that has them.
import { albHandler, invocation } from 'koa-alb'
import { endings } from './endings.mjs'
import { createContext, createEvent, createHandler, outcomeOf } from './exchange-of.mjs'
import { ExchangeCount, listenersOf } from './held.mjs'

const never = () => {}
const exchanges = new ExchangeCount()
const servers = new Set()
const handlers = endings.map((ending) => createHandler(albHandler, ending, seen))

function seen(req) {
  exchanges.add(req)
  servers.add(req.socket.server)
  invocation(req).signal.addEventListener('abort', never)
}

/** Whether it ended as it should. */
export async function invoke(index) {
  const at = index % endings.length
  const ending = endings[at]
  const event = createEvent(ending, Math.floor(index / endings.length) % 2 === 1)
  const outcome = await outcomeOf(handlers[at](event, createContext(ending)))
  if (outcome !== ending.outcome) console.log(`${ending.name}: ${outcome}`)
  return outcome === ending.outcome
}

export function held() {
  return { listeners: listenersOf([process, ...servers]), exchanges: exchanges.alive }
}
