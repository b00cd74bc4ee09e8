import { env } from 'node:process'
import { type AlbEvent, type AlbResult, albHandler } from 'koa-alb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { context } from '../contract/events.ts'
import { Random } from '../fuzz/random.ts'
import { doWork, ends, randomWork, tokens, type Work } from './work.ts'

// CONCURRENCY_SECONDS and CONCURRENCY_SEED are set by npm run concurrency:long; without them the
// run has a number of invocations and is always alike.
const seed = Number(env.CONCURRENCY_SEED ?? 20_261_001)
const seconds = Number(env.CONCURRENCY_SECONDS ?? 0)
const overlapping = 200
const count = 5_000

const unhandled: unknown[] = []
const record = (error: unknown) => unhandled.push(error)

beforeAll(() => {
  process.on('uncaughtException', record).on('unhandledRejection', record)
})

afterAll(() => {
  process.off('uncaughtException', record).off('unhandledRejection', record)
})

test(
  `keeps ${overlapping} overlapping invocations of seed ${seed} apart`,
  async () => {
    const random = new Random(seed)
    const works = new Map<string, Work>()
    const faults: string[] = []
    let most = 0
    let started = 0
    const handler = albHandler(
      (req, res) => {
        // An unknown path would be a mix-up, and fail the invocation.
        const work = works.get(req.url ?? '') as Work
        return doWork(work, req, res, (fault) => faults.push(fault))
      },
      { deadlineMarginMs: 0 },
    )
    const stopAt = performance.now() + seconds * 1000
    const isOver = (): boolean => (seconds > 0 ? performance.now() > stopAt : started >= count)
    const worker = async (): Promise<void> => {
      while (!isOver()) {
        const work = randomWork(random, started++)
        works.set(`/${work.token}`, work)
        most = Math.max(most, works.size)
        const fault = await faultOf(work, handler)
        if (fault) faults.push(fault)
        works.delete(`/${work.token}`)
      }
    }
    await Promise.all(Array.from({ length: overlapping }, worker))
    console.log(`${started} invocations, CONCURRENCY_SEED=${seed}`)
    expect(faults).toEqual([])
    expect(unhandled).toEqual([])
    expect(most).toBe(overlapping)
  },
  Infinity,
)

/** What of its end was not its own. */
async function faultOf(work: Work, handler: ReturnType<typeof albHandler>) {
  const { token, end } = work
  const remainingMs = end === 'never' ? 40 : 60_000
  const own = { ...context, awsRequestId: token, getRemainingTimeInMillis: () => remainingMs }
  const outcome = await tokens.run(token, () =>
    handler(eventOf(token), own).then(
      (result) => faultOfResult(result, token),
      (error) => (error.message.includes(token) ? error.code : `the error of ${error.message}`),
    ),
  )
  return outcome === ends[end] ? undefined : `${token} (${end}): ${outcome}`
}

function faultOfResult({ multiValueHeaders, body }: AlbResult, token: string): string | undefined {
  if (multiValueHeaders?.['x-token']?.join() !== token) return 'another header'
  const lines = new Set(body.split('\n'))
  return [...lines].join() === `${token},` ? undefined : `another body: ${body.slice(0, 80)}`
}

function eventOf(token: string): AlbEvent {
  return {
    requestContext: { elb: { targetGroupArn: 'arn' } },
    httpMethod: 'POST',
    path: `/${token}`,
    multiValueHeaders: { host: ['app.test'] },
    body: token,
    isBase64Encoded: false,
  }
}
