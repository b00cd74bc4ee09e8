import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach } from 'vitest'

const bin = fileURLToPath(new URL('../../bin/koa-alb-local.js', import.meta.url))
const folders: string[] = []

afterEach(() => Promise.all(folders.splice(0).map((each) => rm(each, { recursive: true }))))

interface Run {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** A folder with these files, until the test is over. */
export async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'koa-alb-replay-'))
  folders.push(folder)
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  return folder
}

/** Runs the command line there. */
export function run(cwd: string, ...args: string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, ...args], { cwd }, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stdout, stderr })
    })
  })
}

/** A module with a handler that answers with what the expression is. */
export const answering = (
  body: string,
  rest = '',
): string => `export const handler = async (event) => {
  const multi = Boolean(event.multiValueHeaders)
  const document = { statusCode: 200, body: ${body}, [multi ? 'multiValueHeaders' : 'headers']: {
    'content-type': multi ? ['text/plain'] : 'text/plain' } }
  ${rest}
  return document
}`
/** An event in multi-value mode. */
export const event = (path: string): string =>
  JSON.stringify({
    requestContext: { elb: { targetGroupArn: 'arn' } },
    httpMethod: 'GET',
    path,
    multiValueQueryStringParameters: { a: ['1', '2'] },
    multiValueHeaders: { cookie: ['a=1'] },
    body: '',
    isBase64Encoded: false,
  })
