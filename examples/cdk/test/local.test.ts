import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveTemplate } from '../../cloudformation/test/serve-template.ts'
import type { AppOptions } from '../../koa/src/app.ts'
import { appSuite } from '../../koa/test/suite.ts'
import { type Assembly, synthesize } from './assembly.ts'

let assembly: Assembly
beforeAll(() => {
  assembly = synthesize()
}, 180_000)
afterAll(() => assembly.remove())

async function serveStack({ sessionKey, upstream, log }: AppOptions): Promise<string> {
  const envFile = join(assembly.folder, 'env')
  await writeFile(envFile, `SESSION_KEY=${sessionKey}\nUPSTREAM_URL=${upstream}\n`)
  const onLine = (line: string): void => {
    const logged = loggedBy(line)
    if (logged !== undefined) log?.(logged)
  }
  // A fresh process, so the app is as at its start.
  const served = serveTemplate(assembly.template, { args: ['--env-file', envFile], onLine })
  // A request beside the first health check would get an environment, and so an app, of its own.
  await served.line(/initial → healthy$/)
  return served.url()
}

/** What the app logged, without the level in front; stacks have further lines. */
function loggedBy(line: string): string | undefined {
  return /^INFO {4}│ (.*)$|^( {4}at .*)$/.exec(line)?.slice(1).join('')
}

describe('the app behind the load balancer of the synthesized template', () => {
  appSuite(serveStack)
})

it('answers as a load balancer does', async () => {
  const response = await fetch(await serveTemplate(assembly.template).url())
  expect([response.status, response.headers.get('server')]).toEqual([200, 'awselb/2.0'])
})

it('names the resources that are only in the cloud', async () => {
  expect(await serveTemplate(assembly.template).line(/^Not served here/)).toMatch(/AWS::EC2::VPC/)
})
