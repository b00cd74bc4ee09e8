import awsLambdaFastify from '@fastify/aws-lambda'
import { app } from './app.js'

export const handler = awsLambdaFastify(app, {
  albMultiValueHeaders: true,
  binaryMimeTypes: ['image/png', 'application/pdf'],
})
await app.ready()
