import { ServerlessAdapter } from '@h4ad/serverless-adapter'
import { AlbAdapter } from '@h4ad/serverless-adapter/adapters/aws'
import { KoaFramework } from '@h4ad/serverless-adapter/frameworks/koa'
import { DefaultHandler } from '@h4ad/serverless-adapter/handlers/default'
import { PromiseResolver } from '@h4ad/serverless-adapter/resolvers/promise'
import { app } from './app.js'

const handle = ServerlessAdapter.new(app)
  .setFramework(new KoaFramework())
  .setHandler(new DefaultHandler())
  .setResolver(new PromiseResolver())
  .addAdapter(new AlbAdapter())
  .build()

// From Node 24 on Lambda refuses a handler with a third parameter, a callback.
export const handler = (event, context) => handle(event, context)
