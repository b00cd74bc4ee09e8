import { ApolloServer } from '@apollo/server'
import { expressMiddleware } from '@as-integrations/express5'
import cors from 'cors'
import express from 'express'
import { resolvers, typeDefs } from '../../shared/things.mjs'

const server = new ApolloServer({ typeDefs, resolvers, introspection: true })
await server.start()

export const app = express()
export const listen = (port) => app.listen(port, '127.0.0.1')
app.use('/graphql', cors(), express.json(), expressMiddleware(server))
