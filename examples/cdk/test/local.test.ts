import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type CommandLine,
  folderWith,
  start,
} from '../../../packages/koa-alb-local/test/shared/command-line.ts'
import type { AppOptions } from '../../koa/src/app.ts'
import { appSuite } from '../../koa/test/suite.ts'
import { type Assembly, synthesize } from './assembly.ts'

let assembly: Assembly
beforeAll(() => {
  assembly = synthesize()
}, 180_000)
afterAll(() => assembly.remove())

/** `koa-alb-local --template` for the current test: a fresh process, so the app is as at its start. */
function startTemplate(args: string[] = [], onLine?: (line: string) => void): CommandLine {
  const options = onLine ? { onLine } : {}
  return start(['--template', assembly.template, '--port', '0', ...args], options)
}

async function serveTemplate({ sessionKey, upstream, log }: AppOptions): Promise<string> {
  const folder = await folderWith({ env: `SESSION_KEY=${sessionKey}\nUPSTREAM_URL=${upstream}\n` })
  const commandLine = startTemplate(['--env-file', join(folder, 'env')], (line) => {
    const logged = loggedBy(line)
    if (logged !== undefined) log?.(logged)
  })
  // A request beside the first health check would get an environment, and so an app, of its own.
  await commandLine.line(/initial → healthy$/)
  return commandLine.url()
}

/** What the app logged, without the time, request id and level of Lambda; stacks have further lines. */
function loggedBy(line: string): string | undefined {
  return /^\S+\t\S+\tINFO\t(.*)$|^( {4}at .*)$/.exec(line)?.slice(1).join('')
}

describe('the app behind the load balancer of the synthesized template', () => {
  appSuite(serveTemplate)
})

it('answers as a load balancer does', async () => {
  const response = await fetch(await startTemplate().url())
  expect([response.status, response.headers.get('server')]).toEqual([200, 'awselb/2.0'])
})

it('names the resources that are only in the cloud', async () => {
  expect(await startTemplate().line(/^Not served here/)).toMatch(/AWS::EC2::VPC/)
})
