import { createHash } from 'node:crypto'
import type Router from '@koa/router'

interface Part {
  id: number
  name: string
  stock: number
}

function toPart(id: number, input: unknown): Part | undefined {
  if (typeof input !== 'object' || input === null) return undefined
  if (!('name' in input) || typeof input.name !== 'string' || input.name === '') return undefined
  const stock = 'stock' in input ? Number(input.stock) : 0
  return Number.isInteger(stock) && stock >= 0 ? { id, name: input.name, stock } : undefined
}

export function addPartRoutes(router: Router): void {
  const parts: Part[] = [
    { id: 1, name: 'Hex nut M8', stock: 1200 },
    { id: 2, name: 'Washer 8.4 mm', stock: 860 },
    { id: 3, name: 'Feder für Türgriff', stock: 14 },
  ]

  router.get('/api/parts', (ctx) => {
    const wanted = typeof ctx.query.q === 'string' ? ctx.query.q.toLowerCase() : ''
    const json = JSON.stringify(parts.filter((part) => part.name.toLowerCase().includes(wanted)))
    ctx.type = 'json'
    // Weak: koa-compress sends the same tag with other bytes.
    ctx.etag = `W/"${createHash('sha256').update(json).digest('base64url').slice(0, 16)}"`
    ctx.body = json
  })

  router.get('/api/parts/:id', (ctx) => {
    const part = parts.find(({ id }) => String(id) === ctx.params.id)
    if (!part) return ctx.throw(404, 'There is no such part')
    ctx.body = part
  })

  router.post('/api/parts', (ctx) => {
    const part = toPart(parts.length + 1, ctx.request.body)
    if (!part) return ctx.throw(422, 'A part needs a name and a whole number in stock')
    parts.push(part)
    ctx.status = 201
    ctx.set('Location', `/api/parts/${part.id}`)
    ctx.body = part
  })
}
