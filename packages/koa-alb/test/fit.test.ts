import { expect, it } from 'vitest'
import { toFittingResult } from '../src/fit.ts'
import { toHead } from '../src/response.ts'

const outcome = {
  head: toHead('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n'),
  // Each quotation mark is two bytes of JSON, and base64 is a third longer: neither fits.
  body: '"'.repeat(900_000),
  isCompressed: false,
}
const destination = {
  method: 'GET',
  title: 'GET /',
  rawHeaders: ['accept-encoding', 'gzip'],
  multiValueHeaders: false,
  limitBytes: 1_048_576,
}

it('ends a compression under way with the reason of the signal', async () => {
  const controller = new AbortController()
  const reason = new Error('too late')
  const result = toFittingResult(outcome, destination, () => controller.signal)
  controller.abort(reason)
  await expect(result).rejects.toBe(reason)
})

it('begins no compression under an aborted signal', async () => {
  const reason = new Error('too late')
  const result = toFittingResult(outcome, destination, () => AbortSignal.abort(reason))
  await expect(result).rejects.toBe(reason)
})

it('asks for no signal where nothing is left to compress', () => {
  const never = () => {
    throw new Error('asked')
  }
  const fitting = { ...outcome, body: 'x' }
  expect(toFittingResult(fitting, destination, never)).toMatchObject({ body: 'x' })
})
