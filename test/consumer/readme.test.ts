import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { pack, type Tarball } from './project.ts'

const run = promisify(execFile)
const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
const monorepo = fileURLToPath(new URL('fixtures/monorepo', import.meta.url))

let store: string
let tarballs: Tarball[]
beforeAll(async () => {
  store = await emptyFolder()
  tarballs = await pack(store)
})
afterAll(() => rm(store, { recursive: true }))

/** What stands under a heading, up to the next one. */
function section(heading: string): string {
  const [, after = ''] = readme.split(`\n${heading}\n`)
  return after.split(/\n##/)[0] ?? ''
}

/** The commands of a text in their order, those in its sentences as well. */
function commandsIn(text: string): string[] {
  const found = text.matchAll(/```sh\n(.*?)```|`(np[mx] [^`]+)`/gs)
  return [...found].flatMap(([, block, inline = '']) => (block ?? inline).trim().split('\n'))
}

const [code = ''] =
  /(?<=lambda\.ts -->\n```ts\n).*?(?=```)/s.exec(section('### In JavaScript')) ?? []
const [test = ''] = /(?<=test\.ts -->\n```ts\n).*?(?=```)/s.exec(section('### In TypeScript')) ?? []

async function emptyFolder(): Promise<string> {
  return realpath(await mkdtemp(join(tmpdir(), 'koa-alb-readme-')))
}

async function write(folder: string, name: string, text: string): Promise<void> {
  await mkdir(join(folder, dirname(name)), { recursive: true })
  await writeFile(join(folder, name), text)
}

// The packages come from their tarballs, and the load balancer has a port that is free.
function asHere(command: string): string {
  if (command.startsWith('npx koa-alb-local')) return `${command} --port 0`
  if (!command.startsWith('npm install')) return command
  const named = command.replace(/ (koa-alb[-\w]*)/g, (word, name) => {
    const tarball = tarballs.find((each) => each.name === name)
    return tarball ? ` ${tarball.filename}` : word
  })
  return `${named} --no-audit --no-fund --prefer-offline`
}

/** Follows commands in a folder; gives what curl printed, else what the load balancer answers. */
async function follow(folder: string, commands: readonly string[]): Promise<string> {
  let url = ''
  for (const command of commands) {
    if (command.startsWith('npx koa-alb-local')) url = await serve(folder, asHere(command))
    else {
      const shown = asHere(command).replace('http://127.0.0.1:3000', url)
      const { stdout } = await run('sh', ['-c', shown], { cwd: folder })
      if (command.startsWith('curl')) return stdout
    }
  }
  return (await fetch(`${url}/?name=Ada`)).text()
}

async function serve(folder: string, command: string): Promise<string> {
  // A group of its own, so that what npx starts ends with it.
  const child = spawn('sh', ['-c', `exec ${command}`], { cwd: folder, detached: true })
  onTestFinished(() => end(child))
  for await (const line of createInterface({ input: child.stdout })) {
    const [, url] = /^Listening on (\S+)/.exec(line) ?? []
    if (url) return url
  }
  throw new Error(`${command} did not listen`)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return
  process.kill(-child.pid, 'SIGTERM')
  await once(child, 'close')
}

async function folderForTest(): Promise<string> {
  const folder = await emptyFolder()
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

it('leads from an empty folder to an answer in JavaScript', async () => {
  const folder = await folderForTest()
  await write(folder, 'src/lambda.js', code)
  expect(await follow(folder, commandsIn(section('### In JavaScript')))).toBe('Hello Ada\n')
})

it('leads from an empty folder to an answer and a test in TypeScript', async () => {
  const folder = await folderForTest()
  await write(folder, 'src/lambda.ts', code)
  await write(folder, 'test/lambda.test.ts', test)
  const commands = commandsIn(section('### In TypeScript'))
  expect(commands.at(-1)).toBe('npx vitest run')
  expect(await follow(folder, commands)).toBe('Hello Ada\n')
})

it('leads to an answer in a monorepo, whose function imports another package of it', async () => {
  const folder = await folderForTest()
  await cp(monorepo, folder, { recursive: true })
  const commands = commandsIn(section('### In a monorepo'))
  expect(await follow(folder, commands)).toBe('Good day, Ada\n')
})
