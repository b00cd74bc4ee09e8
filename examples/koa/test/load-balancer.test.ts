import { albHandler } from 'koa-alb'
import { createLoadBalancer } from 'koa-alb-local'
import { describe } from 'vitest'
import { createApp } from '../src/app.ts'
import { appSuite } from './suite.ts'

describe('single-value headers', () => {
  appSuite((options) => createLoadBalancer({ target: albHandler(createApp(options)) }))
})

describe('multi-value headers', () => {
  appSuite((options) =>
    createLoadBalancer({ target: albHandler(createApp(options)), multiValueHeaders: true }),
  )
})

describe('multi-value headers, repeated ones reversed', () => {
  const mode = { multiValueHeaders: true, reverseRepeatedHeaders: true }
  appSuite((options) => createLoadBalancer({ target: albHandler(createApp(options)), ...mode }))
})
