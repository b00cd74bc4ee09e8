import { readdirSync } from 'node:fs'
import { request } from 'node:http'
import { request as requestOverTls } from 'node:https'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { readTemplate } from '../../packages/koa-alb-local/src/template/read-template.ts'
import { type CommandLine, start } from '../../packages/koa-alb-local/test/shared/command-line.ts'

/** `asked.yaml` of a case: how its template is served, what is printed, what is answered. */
interface Asked {
  /** Beside `--port 0`; default `--template template.yaml`. */
  readonly options?: readonly string[]
  /** Lines at the start, each as a whole. */
  readonly lines?: readonly string[]
  readonly answers: readonly Answer[]
}

interface Answer {
  /** `GET /path` */
  readonly ask: string
  readonly headers?: Readonly<Record<string, string>>
  /** The logical id of the listener, where there are several. */
  readonly listener?: string
  readonly status: number
  readonly body?: string
  readonly location?: string
}

const cases = new URL('cases/', import.meta.url)

it.each(readdirSync(cases))('%s is served and answers', async (name) => {
  const folder = fileURLToPath(new URL(`${name}/`, cases))
  // It is written as the interface says; what is not fails below.
  const asked = (await readTemplate(`${folder}asked.yaml`)) as object as Asked
  const { options = ['--template', 'template.yaml'], lines = [], answers } = asked
  const commandLine = start([...options, '--port', '0'], { folder })
  await commandLine.url()
  for (const answer of answers) {
    const { ask, headers, listener, ...expected } = answer
    const url = await urlOf(commandLine, listener)
    expect(await answerTo(`${url}${ask.split(' ')[1]}`, answer), ask).toMatchObject(expected)
  }
  expect(commandLine.output().split('\n')).toEqual(expect.arrayContaining([...lines]))
})

async function urlOf({ line }: CommandLine, listener: string | undefined): Promise<string> {
  const printed = await line(listener === undefined ? /^Listening/ : RegExp(` \\(${listener}, `))
  return printed.replace(/^Listening on (\S+).*/, '$1')
}

async function answerTo(url: string, { ask, headers = {} }: Answer): Promise<object> {
  const [method = ''] = ask.split(' ')
  const options = { method, headers, agent: false as const, rejectUnauthorized: false }
  const outgoing = url.startsWith('https:') ? requestOverTls(url, options) : request(url, options)
  return new Promise((resolve, reject) => {
    outgoing.once('error', reject)
    outgoing.once('response', async (response) => {
      const { statusCode: status, headers: received } = response
      const body = await text(response)
      resolve({ status, location: received.location, body: body.trim() })
    })
    outgoing.end()
  })
}
