import type { Adapter } from './adapter.ts'
import { fastify } from './fastify.ts'
import { h4ad } from './h4ad.ts'
import { hono } from './hono.ts'
import { codegenie, vendia } from './serverless-express.ts'
import { serverlessHttp } from './serverless-http.ts'

export const adapters: readonly Adapter[] = [serverlessHttp, vendia, codegenie, h4ad, hono, fastify]

/** The adapter that a module belongs to. */
export function adapterOf(module: string): Adapter | undefined {
  return adapters.find(
    ({ packages, modules }) => modules?.test(module) ?? packages.includes(module),
  )
}

/** What stands in every file that imports one. */
export const marks: readonly string[] = [
  'serverless-http',
  'serverless-express',
  '@h4ad/serverless-adapter',
  'hono/aws-lambda',
  'aws-lambda-fastify',
  '@fastify/aws-lambda',
]
