import { env } from 'node:process'
import { albHandler, type ErrorResult } from 'koa-alb'
import { expect, test } from 'vitest'
import { context, getEvent } from '../contract/events.ts'
import { type Attempt, fuzz } from './fuzz.ts'
import { nastyNames, nastyText, nastyValue, record } from './nasty.ts'
import { Random } from './random.ts'

const seed = Number(env.FUZZ_SEED ?? 20_260_903)
const count = Math.ceil(Number(env.FUZZ_EVENTS ?? 20_000) / 4)

test(
  `${count} answers of seed ${seed} from onError give a valid document or ALB_ERR_INVALID_RESULT`,
  async () => {
    const ends = await fuzz(count, attemptAt)
    console.log(`${count} answers, FUZZ_SEED=${seed}:`, ends)
    expect(Object.keys(ends).sort()).toEqual([
      'ALB_ERR_CONNECTION_LOST',
      'ALB_ERR_INVALID_RESULT',
      'document',
    ])
  },
  Infinity,
)

function attemptAt(index: number): Attempt {
  const random = new Random(seed + index)
  const multiValueHeaders = random.chance(0.5)
  const answer = randomAnswer(random)
  const handler = albHandler((_req, res) => void res.destroy(), {
    // What JavaScript callers may return, too.
    onError: () => answer as ErrorResult,
  })
  return {
    input: answer,
    multiValueHeaders,
    run: () => handler(getEvent('/', multiValueHeaders), context),
  }
}

function randomAnswer(random: Random): unknown {
  if (random.chance(0.05)) return random.chance(0.5) ? nastyValue(random) : random.pick(exotic)
  const answer: Record<string, unknown> = {
    statusCode: random.pick([200, 404, 503, 599]),
    headers: { 'content-type': 'text/plain', vary: ['a', 'b'] },
    body: 'sorry',
  }
  for (let breaks = random.below(3); breaks > 0; breaks--) breakAnswer(random, answer)
  return answer
}

function breakAnswer(random: Random, answer: Record<string, unknown>): void {
  const wild = (): unknown => (random.chance(0.2) ? random.pick(exotic) : nastyValue(random))
  random.pick([
    () =>
      (answer.statusCode = random.pick([99, 100, 199, 600, 200.5, NaN, Infinity, '200', wild()])),
    () =>
      (answer.statusDescription = random.pick([
        wild(),
        nastyText(random),
        '200 x',
        'x'.repeat(40_000),
      ])),
    () => (answer.headers = random.chance(0.5) ? wild() : nastyHeaders(random)),
    () => (answer.multiValueHeaders = random.chance(0.5) ? wild() : nastyHeaders(random)),
    () => (answer.body = random.chance(0.5) ? wild() : nastyText(random)),
    () => (answer.isBase64Encoded = random.pick([true, false, 'true', 1, wild()])),
  ])()
}

function nastyHeaders(random: Random): Record<string, unknown> {
  const value = (): unknown => (random.chance(0.7) ? nastyText(random) : nastyValue(random))
  return record(
    Array.from({ length: random.below(4) }, (): [string, unknown] => [
      random.chance(0.6) ? random.pick(nastyNames) : `x-${random.below(3)}`,
      random.chance(0.3) ? [value(), value()] : value(),
    ]),
  )
}

/** What no JSON holds. */
const exotic: readonly unknown[] = [
  Symbol('s'),
  10n,
  () => 200,
  new Date(0),
  new Map([['x', '1']]),
  new String('text'),
  Buffer.from('text'),
  Object.create(null),
  {
    get body(): string {
      throw new Error('no body')
    },
  },
  {
    toString(): string {
      throw new Error('no text')
    },
  },
  new Proxy(
    {},
    {
      get: (_target, name) => {
        // An answer is awaited, and what its `then` throws is what onError throws.
        if (name === 'then') return undefined
        throw Object.create(null)
      },
    },
  ),
]
