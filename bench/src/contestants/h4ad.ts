import { ServerlessAdapter } from '@h4ad/serverless-adapter'
import { AlbAdapter } from '@h4ad/serverless-adapter/adapters/aws'
import { KoaFramework } from '@h4ad/serverless-adapter/frameworks/koa'
import { DefaultHandler } from '@h4ad/serverless-adapter/handlers/default'
import { PromiseResolver } from '@h4ad/serverless-adapter/resolvers/promise'
import type Koa from 'koa'
import { binaryTypes, type Wrap } from './wrap.ts'

export const wrap: Wrap<Koa> = (app) => {
  const handler = ServerlessAdapter.new(app)
    .setBinarySettings({ contentTypes: binaryTypes, contentEncodings: ['gzip', 'deflate', 'br'] })
    .setFramework(new KoaFramework())
    .setHandler(new DefaultHandler())
    .setResolver(new PromiseResolver())
    .addAdapter(new AlbAdapter())
    .build()
  return (event, context) => handler(event, context, undefined)
}
