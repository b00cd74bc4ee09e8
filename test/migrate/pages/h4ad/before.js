import { ServerlessAdapter } from '@h4ad/serverless-adapter'
import { AlbAdapter } from '@h4ad/serverless-adapter/adapters/aws'
import { KoaFramework } from '@h4ad/serverless-adapter/frameworks/koa'
import { DefaultHandler } from '@h4ad/serverless-adapter/handlers/default'
import { PromiseResolver } from '@h4ad/serverless-adapter/resolvers/promise'
import { app } from './app.js'

export const handler = ServerlessAdapter.new(app)
  .setFramework(new KoaFramework())
  .setHandler(new DefaultHandler())
  .setResolver(new PromiseResolver())
  .addAdapter(new AlbAdapter())
  .build()
