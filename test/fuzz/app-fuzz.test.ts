import { env } from 'node:process'
import { albHandler } from 'koa-alb'
import { expect, test } from 'vitest'
import { context, getEvent } from '../contract/events.ts'
import { type Attempt, fuzz } from './fuzz.ts'
import { Random } from './random.ts'
import { randomApp } from './random-app.ts'

const seed = Number(env.FUZZ_SEED ?? 20_260_902)
const count = Math.ceil(Number(env.FUZZ_EVENTS ?? 20_000) / 4)

/** Apps that never end are aborted soon. */
const soon = { ...context, getRemainingTimeInMillis: () => 300 }

test(
  `${count} apps of seed ${seed} that misuse their response give a valid document or an error`,
  async () => {
    const ends = await fuzz(count, attemptAt)
    console.log(`${count} apps, FUZZ_SEED=${seed}:`, ends)
    expect(ends.document).toBeGreaterThan(count / 5)
    expect(Object.keys(ends).length).toBeGreaterThan(5)
  },
  Infinity,
)

function attemptAt(index: number): Attempt {
  const random = new Random(seed + index)
  const multiValueHeaders = random.chance(0.5)
  const handler = albHandler(randomApp(random), { deadlineMarginMs: 200 })
  const httpMethod = random.pick(['GET', 'GET', 'HEAD', 'POST'])
  const event = { ...getEvent('/', multiValueHeaders), httpMethod, body: 'body' }
  return { input: `app ${index}`, multiValueHeaders, run: () => handler(event, soon) }
}
