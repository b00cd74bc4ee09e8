import awsLambdaFastify from '@fastify/aws-lambda'
import type { FastifyInstance } from 'fastify'
import { binaryTypes, type Wrap } from './wrap.ts'

export const wrap: Wrap<FastifyInstance> = async (app, mode) => {
  const albMultiValueHeaders = mode === 'multi'
  const handler = awsLambdaFastify(app, { binaryMimeTypes: binaryTypes, albMultiValueHeaders })
  await app.ready()
  return (event, context) => handler(event, context)
}
