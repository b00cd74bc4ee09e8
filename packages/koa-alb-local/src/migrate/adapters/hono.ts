import { type Adapter, Undecided } from './adapter.ts'
import { argumentsOf, callOf } from './called.ts'
import { byBytes, type Options, readOptions } from './options.ts'

const options: Options = { isContentTypeBinary: byBytes }

const envelope = 'invocation(c.env.incoming), which has event and context'

export const hono: Adapter = {
  packages: ['hono', '@hono/aws-lambda'],
  modules: /^(?:hono\/aws-lambda|@hono\/aws-lambda)$/,
  page: 'hono.md',
  needs: { '@hono/node-server': '^2.1.9' },
  convert(access) {
    if (access.imported === 'streamHandle') {
      throw new Undecided(
        access.node,
        'a load balancer takes no streamed response of a function: koa-alb answers when all of it is there',
      )
    }
    const call = callOf(access, ['handle'])
    const [app, given] = argumentsOf(call.node, 2)
    if (!app) return undefined
    return {
      call,
      app,
      kept: 'first-argument',
      notes: readOptions(given, options),
      around: { module: '@hono/node-server', name: 'getRequestListener', member: 'fetch' },
    }
  },
  uses: [
    { member: 'event', of: /\benv$/, near: /env/, instead: () => envelope },
    { member: 'requestContext', of: /\benv$/, near: /env/, instead: () => envelope },
    { member: 'lambdaContext', of: /\benv$/, near: /env/, instead: () => envelope },
  ],
}
