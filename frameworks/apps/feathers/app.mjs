import { NotFound } from '@feathersjs/errors'
import { feathers } from '@feathersjs/feathers'
import { bodyParser, errorHandler, koa, rest } from '@feathersjs/koa'

const things = {
  find: async ({ query }) => ({ query, things: [] }),
  async get(id) {
    if (id === 'none') throw new NotFound('none')
    return { id }
  },
  create: async (data) => ({ id: 1, ...data }),
  patch: async (id, data) => ({ id, ...data }),
  remove: async (id) => ({ id }),
}

export const app = koa(feathers())
export const listen = (port) => app.listen(port, '127.0.0.1')
app.use(errorHandler())
app.use(bodyParser())
app.configure(rest())
app.use('things', things)
