import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { send } from '../../shared/client.ts'
import { type CommandLine, start } from '../../shared/command-line.ts'
import { folderWith } from '../../shared/folder.ts'

const code = `export const handler = async ({ path }) => {
  if (path === '/fails') throw new Error('\\x1b]0;title\\x07 \\x1b[31mred ' + 'x'.repeat(1000))
  if (path === '/logs') process.stdout.write('\\x1b[32mgreen\\x1b[0m\\x1b[2J' + 'x'.repeat(1000) + '\\n')
  return { statusCode: 200 }
}
`

async function serving(
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<CommandLine> {
  const folder = await folderWith({ 'lambda.mjs': code })
  return start(['lambda.mjs', '--port', '0', '--no-watch', ...args], { folder, env })
}

describe('the terminal', () => {
  it('is not steered by a request or an error', async () => {
    const command = await serving([], { FORCE_COLOR: '1' })
    await fetch(`${await command.url()}/fails?${'y'.repeat(1000)}`)
    await command.line(/at handler/)
    expect(command.output()).toContain('Error: \\x1b]0;title\\x07 \\x1b[31mred xxx')
    expect(command.output()).not.toContain('\x1b[31mred')
    const lengths = command
      .output()
      .split('\n')
      .map(({ length }) => length)
    expect(Math.max(...lengths)).toBeLessThan(330)
  })

  it.each([
    ['keeps the colours of a function', { FORCE_COLOR: '1' }, '\x1b[32mgreen\x1b[0m\\x1b[2Jxxx'],
    ['has none where there are none', {}, 'green\\x1b[2Jxxx'],
  ])('%s, and nothing else that steers it', async (_name, env, expected) => {
    const command = await serving([], env)
    await fetch(`${await command.url()}/logs`)
    const line = await command.line(/green/)
    expect(line.startsWith(expected)).toBe(true)
    expect(line.endsWith('x'.repeat(1000))).toBe(true)
  })
})

it('shows the bytes of what is no request as text', async () => {
  const command = await serving()
  const { port } = new URL(await command.url())
  await send(Number(port), 'GET / HTTP/1.1\r\nBad Name: \x1b\r\n\r\n')
  await command.line(/it was sent/)
  expect(command.output()).toMatch(
    /400 {2}- - {2}\d+ ms\n {4}the request cannot be parsed: Parse Error: Invalid header token\n {4}it was sent 'GET \/ HTTP\/1\.1\\r\\nBad Name: \\x1B\\r\\n\\r\\n'$/,
  )
})

describe('a single file', () => {
  it('keeps every value of a query key by default', async () => {
    const command = await serving()
    await fetch(`${await command.url()}/logs?a=1&a=2`)
    await command.line(/GET/)
    expect(command.output()).not.toContain('multi-value')
  })

  it('tells once per route what was lost, with the row that explains it', async () => {
    const command = await serving(['--no-multi-value-headers'])
    const url = await command.url()
    for (const path of ['parts/1?a=1&a=2', 'parts/2?a=1&a=2', 'end?b=1&b=2']) {
      await fetch(`${url}/${path}`)
    }
    await command.line(/query key b/)
    expect(command.output().match(/^ {4}of query key.*/gm)).toEqual([
      '    of query key a only the last value arrives: multi-value headers are off (docs/alb-behaviour.md#repeated-query-keys)',
      '    of query key b only the last value arrives: multi-value headers are off (docs/alb-behaviour.md#repeated-query-keys)',
    ])
  })
})

describe('an output that cannot be written', () => {
  it('ends nothing: what it does not take is lost, which is said once', async () => {
    const command = await serving()
    const url = await command.url()
    command.process.stdout?.destroy()
    expect((await fetch(url)).status).toBe(200)
    expect((await fetch(url)).status).toBe(200)
    command.process.kill('SIGINT')
    expect(await command.ended).toBe(0)
    expect(command.output().match(/standard output cannot be written.*/g)).toEqual([
      'standard output cannot be written (write EPIPE): what it does not take is lost',
    ])
  })

  // A device that is full; macOS has none.
  it.runIf(existsSync('/dev/full'))('ends nothing when the access log is full', async () => {
    const command = await serving(['--access-log', '/dev/full'])
    const url = await command.url()
    expect((await fetch(url)).status).toBe(200)
    await command.line(/^the access log cannot be written: ENOSPC/)
    expect((await fetch(url)).status).toBe(200)
    command.process.kill('SIGINT')
    expect(await command.ended).toBe(0)
    expect(command.output()).toContain('2 lines of the access log are lost')
  })
})
