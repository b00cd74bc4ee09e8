import { Transform } from 'node:stream'
import { expect, it } from 'vitest'
import { ResponseBody } from '../src/body.ts'

it('hands the body of a response over and keeps nothing of it', () => {
  const body = new ResponseBody({
    safeBytes: 100,
    plan: () => expect.unreachable(),
    onExceeded: () => expect.unreachable(),
    onDrain: () => expect.unreachable(),
  })
  body.write('a')
  body.write(Buffer.from('é'))
  expect(String(body.take())).toBe('aé')
  expect(body.take()).toBe('')
  expect(body.bytes).toBe(3)
})

it('does not fill the memory where an app writes on whatever it is told', () => {
  const errors: Error[] = []
  const error = new Error('too large')
  let queuedBytes = 0
  const compressor = new Transform({ transform: () => {} })
  const body = new ResponseBody({
    safeBytes: 500,
    plan: () => ({
      capacityBytes: 600,
      compression: { createCompressor: () => compressor, capacityBytes: 600 },
      tooLarge: () => error,
    }),
    onExceeded: (reason) => errors.push(reason),
    onDrain: () => expect.unreachable(),
  })
  for (let chunk = 0; chunk < 100; chunk++) {
    body.write(Buffer.alloc(1_000_000))
    queuedBytes = Math.max(queuedBytes, compressor.writableLength)
  }
  expect(errors).toEqual([error])
  expect(queuedBytes).toBeLessThan(9_500_000)
})
