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
