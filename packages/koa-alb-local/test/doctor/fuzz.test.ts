import { env } from 'node:process'
import { expect, it } from 'vitest'
import type { Handler } from '../../src/bootstrap/callback.ts'
import { handlerReport } from '../../src/bootstrap/handler-report.ts'
import { checks } from '../../src/doctor/checks/checks.ts'
import { examine, exchangeOf } from '../../src/doctor/examine.ts'
import { formats } from '../../src/doctor/formats/formats.ts'
import { examineModule } from '../../src/doctor/module.ts'
import { questionsFor } from '../../src/doctor/questions.ts'
import { functionTarget } from '../../src/targets/function-target.ts'
import type { Target } from '../../src/targets/target.ts'
import type { AlbEvent, LambdaHandler } from '../../src/types.ts'
import { Random } from '../shared/random.ts'

interface Reported {
  readonly events: Parameters<typeof handlerReport>[1]
}

const seed = Number(env.FUZZ_SEED ?? 20_261_126)
const count = Number(env.DOCTOR_HANDLERS ?? 200)

// A hang, and no busy machine, is to end a run.
const longMs = 60_000 + count * 1000

// Those that a load balancer answers with an error page.
const refusing = checks.filter(({ code }) => code <= 'ALB117' && code !== 'ALB105')

const texts = ['', 'a', 'é\n', '\ud800', '200 OK', 'gzip', 'eA==', '__proto__', 'x'.repeat(40_000)]
const names = [
  ...['content-type', 'Content-Length', 'set-cookie', 'content-encoding', 'connection', 'x y'],
  ...['__proto__', '', 'toString'],
]

function anything(random: Random, depth = 3): unknown {
  const scalars = [
    undefined,
    null,
    true,
    false,
    0,
    -1,
    200,
    204,
    304,
    600,
    1.5,
    Number.NaN,
    ...texts,
  ]
  if (depth === 0 || random.below(3) > 0) return random.pick(scalars)
  const items = Array.from({ length: random.below(4) }, () => anything(random, depth - 1))
  return random.once(2)
    ? items
    : Object.fromEntries(items.map((item) => [random.pick(names), item]))
}

function lines(random: Random, isList: boolean): unknown {
  const entries = Array.from({ length: random.below(4) }, (): [string, unknown] => {
    const value = random.once(8) ? anything(random) : random.pick(texts)
    return [random.pick(names), isList && !random.once(8) ? [value, value] : value]
  })
  return Object.fromEntries(entries)
}

function randomDocument(random: Random): unknown {
  if (random.once(12)) return anything(random)
  const often = (usual: unknown): unknown => (random.once(6) ? anything(random) : usual)
  return {
    statusCode: often(random.pick([200, 204, 304, 404, 503])),
    ...(random.once(4) && { statusDescription: often('200 OK') }),
    ...(!random.once(3) && { headers: often(lines(random, false)) }),
    ...(!random.once(3) && { multiValueHeaders: often(lines(random, true)) }),
    body: often(random.pick(texts)),
    isBase64Encoded: often(random.once(2)),
    ...(random.once(9) && { cookies: anything(random) }),
  }
}

function randomHandler(random: Random): LambdaHandler {
  const kind = random.below(40)
  if (kind === 0) return () => new Promise(() => {})
  if (kind === 1) return () => Promise.reject(anything(random))
  if (kind === 2) {
    return () => {
      throw anything(random)
    }
  }
  if (kind === 3) {
    return (event: AlbEvent) => {
      Object.assign(event, { headers: null, path: 1 })
      return event
    }
  }
  return async () => randomDocument(random)
}

/** What the module of the handler would be asked. */
function reporting(handler: LambdaHandler): Target {
  // Both are called with an event and a context; here the event is the two it reports on.
  const report = ({ events }: Reported, context: object): unknown =>
    handlerReport(handler as Handler, events, context)
  return functionTarget(report as unknown as LambdaHandler, { timeoutMs: 50 })
}

it(
  `examines ${count} random handlers of seed ${seed} to the end`,
  async () => {
    const random = new Random(seed)
    for (let index = 0; index < count; index += 1) {
      const handler = randomHandler(random)
      const target = functionTarget(handler, { timeoutMs: 5 })
      const answers = await examine({
        target,
        questions: questionsFor('/'),
        isProbe: random.once(4),
      })
      const judged = [...answers, ...(await examineModule(reporting(handler), '/'))]
      const tool = { name: 'koa-alb-local', version: '0.0.0' } as const
      const report = {
        version: 1,
        tool,
        subject: 'a',
        node: '20.20.0',
        inits: [],
        checks: judged,
      } as const
      for (const print of Object.values(formats)) expect(print(report)).toBeTypeOf('string')
    }
  },
  longMs,
)

it(
  'has an error for whatever a load balancer refuses, and for nothing else',
  async () => {
    const random = new Random(seed)
    const [question] = questionsFor('/')
    for (let index = 0; index < count * 10 && question; index += 1) {
      const document = randomDocument(random)
      const target = functionTarget(async () => document)
      const exchange = await exchangeOf(target, question, random.pick(['single', 'multi']))
      const found = refusing.flatMap((check) => check.judge(exchange))
      expect(found.length > 0, `${JSON.stringify(document)}: ${exchange.refusal}`).toBe(
        exchange.refusal !== undefined,
      )
    }
  },
  longMs,
)
