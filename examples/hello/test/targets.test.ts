import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import request from 'supertest'
import { expect, it } from 'vitest'

it.each(['function-target', 'lambda-target'])('greets through %s', async (name) => {
  const { loadBalancer } = await import(`../src/${name}.ts`)
  await request(loadBalancer).get('/?name=Ada').expect(200, 'Hello Ada\n')
})

it('answers 502 while nothing listens at the endpoint', async () => {
  process.env.LAMBDA_ENDPOINT = 'http://127.0.0.1:1'
  const { loadBalancer } = await import('../src/endpoint-target.ts')
  expect((await request(loadBalancer).get('/')).status).toBe(502)
})

it('passes with node:test, too', async () => {
  const file = fileURLToPath(new URL('lambda.node.js', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, ['--test', file])
  expect(stdout).toMatch(/^(# |ℹ )pass 1$/m)
})
