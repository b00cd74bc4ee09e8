import { EventEmitterAsyncResource } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import { invocation } from 'koa-alb'

/** Answers a request and calls `act` on the way, at the moment the name says. */
export type Moment = (req: IncomingMessage, res: ServerResponse, act: () => void) => unknown

export const moments: Readonly<Record<string, Moment>> = {
  'in the listener': (_req, res, act) => {
    act()
    res.end()
  },
  'a tick later': (_req, res, act) =>
    process.nextTick(() => {
      act()
      res.end()
    }),
  'in a microtask': (_req, res, act) =>
    queueMicrotask(() => {
      act()
      res.end()
    }),
  'after an await': async (_req, res, act) => {
    await turn()
    act()
    res.end()
  },
  'in a timer': (_req, res, act) =>
    setTimeout(() => {
      act()
      res.end()
    }, 1),
  'in readable of req': (req, res, act) =>
    req.once('readable', () => {
      act()
      res.end()
    }),
  'in data of req': (req, res, act) => {
    req.once('data', act)
    req.on('end', () => res.end())
  },
  'in end of req': (req, res, act) => {
    req.on('end', act).resume()
    req.on('end', () => res.end())
  },
  'in an iteration of req': async (req, res, act) => {
    for await (const _ of req) act()
    res.end()
  },
  'in close of req': (req, res, act) => {
    req.once('close', act)
    res.end()
  },
  'in the callback of a write': (_req, res, act) =>
    res.write('x', () => {
      act()
      res.end()
    }),
  'in drain': (_req, res, act) => {
    res.once('drain', () => {
      act()
      res.end()
    })
    res.write('x'.repeat(100_000))
  },
  'in the callback of end': (_req, res, act) => res.end(act),
  'in prefinish': (_req, res, act) => res.once('prefinish', act).end(),
  'in finish': (_req, res, act) => res.once('finish', act).end(),
  'in close of res': (_req, res, act) => res.once('close', act).end(),
  'in close of the socket': (req, res, act) => {
    req.socket.once('close', act)
    res.setHeader('connection', 'close').end()
  },
  'in timeout of the socket': (req, res, act) => {
    req.socket.setTimeout(1).once('timeout', () => {
      act()
      res.end()
    })
  },
  'in aborted': (req, res, act) => {
    req.once('aborted', act).once('error', () => {})
    res.destroy()
  },
  'in error of req': (req, res, act) => {
    req.once('error', act)
    res.destroy()
  },
  'in close after destroy': (_req, res, act) => res.once('close', act).destroy(),
  'in a stream that is piped into res': (_req, res, act) =>
    Readable.from(
      (async function* () {
        await turn()
        act()
        yield 'x'
      })(),
    ).pipe(res),
  'in an EventEmitterAsyncResource': (_req, res, act) => {
    const emitter = new EventEmitterAsyncResource({ name: 'app' })
    emitter.once('go', act)
    setImmediate(() => {
      emitter.emit('go')
      res.end()
    })
  },
}

/** Moments of an exchange that the deadline ends. */
export const deadlineMoments: Readonly<Record<string, Moment>> = {
  'in close of res': (_req, res, act) => res.once('close', act),
  'in aborted': (req, _res, act) => req.once('error', () => {}).once('aborted', act),
  'in abort of the signal': (req, _res, act) =>
    invocation(req)?.signal.addEventListener('abort', act),
}
