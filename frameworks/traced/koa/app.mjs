import Router from '@koa/router'
import Koa from 'koa'
import bodyParser from 'koa-bodyparser'
import { answerTo } from '../answers.mjs'

export const app = new Koa()
export const listen = (port) => app.listen(port, '127.0.0.1')

const router = new Router()
for (const path of ['/hello/:name', '/echo', '/fail', '/ask']) {
  router.all(path, async (ctx) => {
    const [status, body] = await answerTo(ctx.url, ctx.request.rawBody)
    ctx.status = status
    ctx.body = body
  })
}
router.get('/throw', () => {
  throw new Error('thrown on purpose')
})
app.silent = true
app.use(bodyParser())
app.use(router.routes())
