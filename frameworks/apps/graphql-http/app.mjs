import express from 'express'
import { buildSchema } from 'graphql'
import { createHandler } from 'graphql-http/lib/use/express'
import { resolvers, typeDefs } from '../../shared/things.mjs'

const { thing } = resolvers.Query
const rootValue = {
  thing: ({ id }) => ({ ...thing(null, { id }), parts: ({ first }) => ['a', 'b'].slice(0, first) }),
  fail: resolvers.Query.fail,
  rename: (renamed) => renamed,
}

export const app = express()
export const listen = (port) => app.listen(port, '127.0.0.1')
app.all('/graphql', createHandler({ schema: buildSchema(typeDefs), rootValue }))
