import { Readable } from 'node:stream'
import type Router from '@koa/router'

const dayMs = 24 * 60 * 60 * 1000

function* stockMovements(days: number): Generator<string> {
  yield 'date;part;in;out\r\n'
  for (let day = 0; day < days; day++) {
    const date = new Date(Date.UTC(2026, 0, 1) + day * dayMs).toISOString().slice(0, 10)
    yield `${date};Hex nut M8;${(day * 37) % 90};${(day * 53) % 80}\r\n`
    yield `${date};Feder für Türgriff;${(day * 11) % 7};${(day * 5) % 6}\r\n`
  }
}

export function addReportRoute(router: Router): void {
  router.get('/api/report.csv', (ctx) => {
    const days = Number(ctx.query.days ?? 365)
    const isAllowed = Number.isInteger(days) && days >= 0 && days <= 3650
    if (!isAllowed) return ctx.throw(400, 'days: a whole number from 0 to 3650')
    ctx.attachment('stock movements.csv')
    ctx.body = Readable.from(stockMovements(days))
  })
}
