import { albHandler } from 'koa-alb'
import { createLoadBalancer } from 'koa-alb-local'
import { describe } from 'vitest'
import { appSuite } from './suite.ts'

describe('single-value headers', () => {
  appSuite((app) => createLoadBalancer({ target: albHandler(app) }))
})

describe('multi-value headers', () => {
  appSuite((app) => createLoadBalancer({ target: albHandler(app), multiValueHeaders: true }))
})

describe('multi-value headers, repeated ones reversed', () => {
  const mode = { multiValueHeaders: true, reverseRepeatedHeaders: true }
  appSuite((app) => createLoadBalancer({ target: albHandler(app), ...mode }))
})
