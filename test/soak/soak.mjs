// Invokes the example's routes over and over in one process and watches its memory. Run by
// scripts/soak.mjs (npm run soak), on the built packages, with --expose-gc.
import { parseArgs } from 'node:util'
import { runInNewContext } from 'node:vm'
import { albHandler } from 'koa-alb'
import { createApp } from '../../examples/koa/dist/app.js'
import { startRatesService } from '../../examples/koa/dist/rates.js'
import { routes } from './routes.mjs'

const { values } = parseArgs({ options: { count: { type: 'string', default: '1000000' } } })
const count = Number(values.count)
const periods = 10
const overlapping = 10
/** How much more the last third may hold than the second; the runtime itself is never quite still. */
const tolerance = 1.05
const slackBytes = 1_048_576

const gc = runInNewContext('gc')
const events = routes.flatMap(([weight, route]) =>
  [false, true].map((multi) => [weight, toEvent(route, multi)]),
)
const totalWeight = events.reduce((sum, [weight]) => sum + weight, 0)
const context = { getRemainingTimeInMillis: () => 30_000 }
const handler = albHandler(
  createApp({ sessionKey: 'soak', upstream: await startRatesService(), log: () => {} }),
)

const reports = []
console.log('invocations   heap MB   external MB   RSS MB   p50 ms   p99 ms   failed')
for (let period = 1; period <= periods; period++) {
  const { durations, failed } = await invokeMany(count / periods)
  const memory = measured()
  reports.push({ ...memory, failed })
  const milliseconds = [0.5, 0.99].map((rank) => percentile(durations, rank).toFixed(2).padStart(8))
  const megabytes = [memory.heapUsed, memory.external, memory.rss].map((bytes) =>
    (bytes / 1_048_576).toFixed(1),
  )
  console.log(
    String((count / periods) * period).padStart(11),
    megabytes[0].padStart(9),
    megabytes[1].padStart(13),
    megabytes[2].padStart(8),
    ...milliseconds,
    String(failed).padStart(8),
  )
}
process.exitCode = judge() ? 0 : 1

async function invokeMany(total) {
  const durations = new Float64Array(total)
  let next = 0
  let failed = 0
  const worker = async () => {
    while (next < total) {
      const index = next++
      const start = performance.now()
      await handler(randomEvent(), context).catch(() => failed++)
      durations[index] = performance.now() - start
    }
  }
  await Promise.all(Array.from({ length: overlapping }, worker))
  return { durations: durations.sort(), failed }
}

/** Each is the mean of a third of the reports; the first third is left to warm up. */
function judge() {
  const failed = reports.reduce((sum, report) => sum + report.failed, 0)
  if (failed > 0) console.log(`${failed} invocations failed`)
  const verdicts = ['heapUsed', 'external', 'rss'].map((name) => {
    const [second, last] = [reports.slice(-7, -3), reports.slice(-3)].map((third) =>
      mean(third, name),
    )
    const isFlat = last <= Math.max(second * tolerance, second + slackBytes)
    const change = (((last - second) / second) * 100).toFixed(1)
    console.log(
      `${name}: ${change} % from the second third to the last${isFlat ? '' : ': it grows'}`,
    )
    return isFlat
  })
  return failed === 0 && verdicts.every(Boolean)
}

function measured() {
  // The first collection only starts to free buffers.
  gc()
  gc()
  return process.memoryUsage()
}

function randomEvent() {
  let at = Math.random() * totalWeight
  for (const [weight, event] of events) {
    at -= weight
    if (at < 0) return event
  }
  return events[0][1]
}

function toEvent({ path, method = 'GET', query = {}, headers = {}, ...body }, multi) {
  const sent = { host: 'app.test', 'x-forwarded-for': '192.0.2.1', ...headers }
  const arrays = (record) => Object.fromEntries(Object.entries(record).map(([k, v]) => [k, [v]]))
  return {
    requestContext: { elb: { targetGroupArn: 'arn' } },
    httpMethod: method,
    path,
    ...(multi
      ? { multiValueHeaders: arrays(sent), multiValueQueryStringParameters: arrays(query) }
      : { headers: sent, queryStringParameters: query }),
    body: '',
    isBase64Encoded: false,
    ...body,
  }
}

function percentile(sorted, rank) {
  return sorted[Math.floor(sorted.length * rank)]
}

function mean(group, name) {
  return group.reduce((sum, report) => sum + report[name], 0) / group.length
}
