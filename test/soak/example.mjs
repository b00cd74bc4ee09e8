// The routes of examples/koa, by their weights.
import { albHandler } from 'koa-alb'
import { createApp } from '../../examples/koa/dist/app.js'
import { startRatesService } from '../../examples/koa/dist/rates.js'
import { ExchangeCount, listenersOf } from './held.mjs'
import { routes } from './routes.mjs'

const events = routes.flatMap(([weight, route]) =>
  [false, true].map((multi) => [weight, toEvent(route, multi)]),
)
const totalWeight = events.reduce((sum, [weight]) => sum + weight, 0)
const context = { getRemainingTimeInMillis: () => 30_000 }
const app = createApp({ sessionKey: 'soak', upstream: await startRatesService(), log: () => {} })
const callback = app.callback()
const exchanges = new ExchangeCount()
const handler = albHandler((req, res) => {
  exchanges.add(req)
  return callback(req, res)
})

/** Whether it ended as it should: each route has an answer. */
export function invoke() {
  return handler(randomEvent(), context).then(
    () => true,
    () => false,
  )
}

export function held() {
  return { listeners: listenersOf([process, app]), exchanges: exchanges.alive }
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
