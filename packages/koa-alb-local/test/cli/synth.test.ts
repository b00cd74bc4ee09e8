import { execFileSync } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { cdkApp, runsIn } from '../shared/cdk-app.ts'
import { type CommandLine, start } from '../shared/command-line.ts'
import { writeIn } from '../shared/folder.ts'
import { isRunning } from '../shared/processes.ts'

const patient = { timeout: 20_000 }

function serve(folder: string, args: readonly string[] = ['--watch']): CommandLine {
  const command = ['--template', 'cdk.out', '--synth', 'node synth.mjs', '--port', '0']
  return start([...command, ...args], { folder })
}

async function answerOf(commandLine: CommandLine): Promise<string> {
  return (await fetch(await commandLine.url())).text()
}

/** Waits until it answers with this text, and returns the number of the environment. */
async function untilAnswers(commandLine: CommandLine, text: string): Promise<string> {
  await expect.poll(() => answerOf(commandLine), patient).toMatch(new RegExp(`^${text} `))
  return (await answerOf(commandLine)).slice(text.length + 1)
}

async function pidIn(folder: string): Promise<number> {
  return Number(await readFile(join(folder, 'pid.log'), 'utf8').catch(() => 0))
}

function times(commandLine: CommandLine, pattern: RegExp): number {
  return commandLine.output().match(pattern)?.length ?? 0
}

it('makes the templates that are missing, and serves them', async () => {
  const folder = await cdkApp('hello')
  const commandLine = serve(folder, ['--no-watch'])
  expect(await answerOf(commandLine)).toMatch(/^hello /)
  expect(commandLine.output()).toMatch(/^cdk\.out is not there: node synth\.mjs\n/)
  expect(commandLine.output()).not.toContain('synthesizing')
})

it('serves templates that are there without making them', async () => {
  const folder = await cdkApp('hello')
  expect(await answerOf(serve(folder))).toMatch(/^hello /)
  expect(await answerOf(serve(folder))).toMatch(/^hello /)
  expect(await runsIn(folder)).toBe('begin end')
})

it('says what the command printed when it makes nothing at the start', async () => {
  const commandLine = serve(await cdkApp('broken'))
  expect(await commandLine.ended).toBe(1)
  expect(commandLine.output()).toMatch(
    /the stack is broken[\s\S]*node synth\.mjs ended with status 1$/,
  )
})

it('serves what the command makes of changed sources, and starts nothing anew for the same', async () => {
  const folder = await cdkApp('one')
  const commandLine = serve(folder)
  await commandLine.line(/Watching/)
  const first = await untilAnswers(commandLine, 'one')
  await writeIn(folder, 'lib/text.txt', 'one\n')
  await expect.poll(() => runsIn(folder), patient).toBe('begin end begin end')
  await expect.poll(() => times(commandLine, /synth\.mjs took/g), patient).toBe(2)
  expect(await answerOf(commandLine)).toBe(`one ${first}`)
  await writeIn(folder, 'lib/text.txt', 'two')
  await untilAnswers(commandLine, 'two')
  expect(times(commandLine, /: reloaded /g)).toBe(1)
})

it('prints once why the command fails, and lets the last good version answer', async () => {
  const folder = await cdkApp('good')
  const commandLine = serve(folder)
  await commandLine.line(/Watching/)
  const good = await untilAnswers(commandLine, 'good')
  await writeIn(folder, 'lib/text.txt', 'broken')
  await commandLine.line(/^node synth\.mjs ended with status 1; the last good version answers$/)
  await writeIn(folder, 'lib/text.txt', 'broken\n')
  await expect.poll(() => times(commandLine, /the last good version answers/g), patient).toBe(2)
  expect(await answerOf(commandLine)).toBe(`good ${good}`)
  expect(times(commandLine, /Error: the stack is broken/g)).toBe(1)
  await writeIn(folder, 'lib/text.txt', 'mended')
  await untilAnswers(commandLine, 'mended')
})

it('runs once at a time, and once more for all that changes meanwhile', async () => {
  const folder = await cdkApp('one')
  const commandLine = serve(folder)
  await commandLine.line(/Watching/)
  await writeIn(folder, '.wait', '')
  await writeIn(folder, 'lib/text.txt', 'two')
  await expect.poll(() => runsIn(folder), patient).toBe('begin end begin')
  for (const text of ['three', 'four', 'five']) {
    await writeIn(folder, 'lib/text.txt', text)
    await writeIn(folder, `lib/${text}.ts`, text)
  }
  expect(await answerOf(commandLine)).toMatch(/^one /)
  await rm(join(folder, '.wait'))
  await untilAnswers(commandLine, 'five')
  expect(await runsIn(folder)).toBe('begin end begin end begin end')
})

it('goes on when the command changes a source in each run, and says so', async () => {
  const folder = await cdkApp('one')
  const script = 'node synth.mjs; node -p process.pid > lib/stamp.txt'
  const args = ['--template', 'cdk.out', '--synth', script, '--port', '0', '--watch']
  const commandLine = start(args, { folder })
  await commandLine.line(/Watching/)
  await writeIn(folder, 'lib/text.txt', 'two')
  await commandLine.line(/stamp\.txt changed in each of 3 runs of .*: the next change runs it$/)
  await untilAnswers(commandLine, 'two')
})

it('serves functions that were made while there was no plan, once there is one', async () => {
  const folder = await cdkApp('one')
  await writeIn(folder, '.env', 'A=1')
  // What it makes is noticed before it ends.
  const script = 'node synth.mjs && sleep 2; [ ! -e .spoil ] || rm .env'
  const args = ['--template', 'cdk.out', '--synth', script, '--env-file', '.env', '--port', '0']
  const commandLine = start([...args, '--watch'], { folder })
  await commandLine.line(/Watching/)
  await writeIn(folder, '.spoil', '')
  await writeIn(folder, 'lib/text.txt', 'two')
  await commandLine.line(/^--env-file \.env cannot be read/)
  await writeIn(folder, '.env', 'A=1')
  await untilAnswers(commandLine, 'two')
})

it('takes nothing for a source that Git ignores', async () => {
  const folder = await cdkApp('one')
  execFileSync('git', ['init', '--quiet'], { cwd: folder })
  await writeIn(folder, '.gitignore', 'lib/*.js')
  const commandLine = serve(folder)
  await commandLine.line(/Watching/)
  await writeIn(folder, 'lib/made.js', '')
  await writeIn(folder, 'lib/text.txt', 'two')
  await untilAnswers(commandLine, 'two')
  expect(commandLine.output()).toMatch(/^lib\/text\.txt changed: node synth\.mjs$/m)
})

it.each([
  ['at the start', 'one'],
  ['for a change', 'two'],
])('ends with Ctrl-C all that the command has started: %s', async (_, text) => {
  const folder = await cdkApp('one')
  const script =
    'sleep 1000 & echo $! > pid.log; while [ -e .wait ]; do sleep 0.1; done; node synth.mjs'
  const args = ['--template', 'cdk.out', '--synth', script, '--port', '0', '--watch']
  if (text === 'one') await writeIn(folder, '.wait', '')
  const commandLine = start(args, { folder })
  if (text === 'two') {
    await commandLine.line(/Watching/)
    await rm(join(folder, 'pid.log'))
    await writeIn(folder, '.wait', '')
    await writeIn(folder, 'lib/text.txt', text)
  }
  await expect.poll(() => pidIn(folder), patient).toBeGreaterThan(0)
  const pid = await pidIn(folder)
  commandLine.process.kill('SIGINT')
  expect(await commandLine.ended).toBe(0)
  await expect.poll(() => isRunning(pid), patient).toBe(false)
})
