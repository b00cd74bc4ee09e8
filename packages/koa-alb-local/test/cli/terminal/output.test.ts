import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { folderWith } from '../../shared/folder.ts'

const bin = fileURLToPath(new URL('../../../bin/koa-alb-local.js', import.meta.url))
const event = JSON.stringify({
  requestContext: { elb: { targetGroupArn: 'arn' } },
  httpMethod: 'GET',
  path: '/',
  headers: { host: 'a' },
})
const files = {
  'large.mjs': `export const handler = async () => ({
    statusCode: 200, headers: { 'content-type': 'text/plain' }, body: 'x'.repeat(900_000) })`,
  'event.json': event,
}
const args = [bin, 'replay', 'large.mjs', 'event.json']

it('writes all to a pipe that nobody has read yet when everything is done', async () => {
  const command = spawn(process.execPath, args, { cwd: await folderWith(files) })
  // Nothing is read before: the pipe is full meanwhile.
  await once(command.stdout, 'readable')
  const output = await text(command.stdout)
  expect(output.slice(-30)).toBe('xxxxxxxx\n\n1 events, 0 refused\n')
})

it.runIf(existsSync('/dev/full'))('fails when what it says is lost', async () => {
  const cwd = await folderWith(files)
  const typed = ['-c', '"$@" > /dev/full', 'sh', process.execPath, ...args]
  const command = spawn('sh', typed, { cwd })
  const [told, [code]] = await Promise.all([text(command.stderr), once(command, 'exit')])
  expect(told).toContain('standard output cannot be written (ENOSPC')
  expect(code).toBe(2)
})

it('does not fail when its first lines alone are read', async () => {
  const command = spawn(process.execPath, args, { cwd: await folderWith(files) })
  await once(command.stdout, 'readable')
  command.stdout.destroy()
  expect(await once(command, 'exit')).toEqual([0, null])
  expect(await text(command.stderr)).toBe('')
})
