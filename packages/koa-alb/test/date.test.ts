import type { RequestListener } from 'node:http'
import { expect, it, vi } from 'vitest'
import { albHandler } from '../src/index.ts'
import { context, singleEvent } from './events.ts'

// The clock an hour ahead of the one that Node took its text from, as after a thaw.
const anHourOn = vi.hoisted(() => Math.floor(Date.now() / 1000) * 1000 + 3_600_000)
vi.mock('../src/clock.ts', async (original) => ({
  ...(await original<object>()),
  now: () => anHourOn,
}))

const dateOf = async (listener: RequestListener) => {
  const { headers } = await albHandler(listener)(singleEvent(), context)
  return headers?.Date ?? headers?.date
}

it('is the time of the invocation, whatever text Node keeps', async () => {
  expect(await dateOf((_req, res) => void res.end())).toBe(new Date(anHourOn).toUTCString())
})

it.each<[string, RequestListener]>([
  ['setHeader', (_req, res) => void res.setHeader('date', 'then').end()],
  ['writeHead', (_req, res) => void res.writeHead(200, { Date: 'then' }).end()],
  ['writeHead with a list', (_req, res) => void res.writeHead(200, ['Date', 'then']).end()],
])('is what the app gives by %s', async (_, listener) => {
  expect(await dateOf(listener)).toBe('then')
})

it('is left out where the app wants none', async () => {
  const listener: RequestListener = (_req, res) => {
    res.sendDate = false
    res.end()
  }
  expect(await dateOf(listener)).toBeUndefined()
})
