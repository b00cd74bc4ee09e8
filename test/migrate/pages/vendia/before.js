import serverlessExpress from '@vendia/serverless-express'
import { app } from './app.js'

const handle = serverlessExpress({ app })

// From Node 24 on Lambda refuses a handler with a third parameter, a callback.
export const handler = (event, context) => handle(event, context)
