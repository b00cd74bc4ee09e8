import { createServer } from 'node:http'
import { createSchema, createYoga } from 'graphql-yoga'
import { resolvers, typeDefs } from '../../shared/things.mjs'

export const yoga = createYoga({ schema: createSchema({ typeDefs, resolvers }), logging: false })
export const listen = (port) => createServer(yoga).listen(port, '127.0.0.1')
