import { describe, expect, it } from 'vitest'
import { lambdaFunction, runtimes } from '../shared/lambda-function.ts'

const time = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z'

describe.each(runtimes)('with the client $runtime', (runtime) => {
  it('writes lines of console with time, request id and level', async () => {
    const { call, close, lines } = await lambdaFunction(
      `console.log('loaded')
       export const handler = async () => {
         console.info('sum of %d', 3, { a: 1 })
         console.error('wrong')
       }`,
      runtime,
    )
    await call()
    // Lines come through pipes, the answer over the Runtime API: only the end is after both.
    await close()
    expect(lines).toEqual([
      expect.stringMatching(new RegExp(`^${time}\t-\tINFO\tloaded$`)),
      expect.stringMatching(new RegExp(`^${time}\trequest-1\tINFO\tsum of 3 \\{ a: 1 \\}$`)),
      expect.stringMatching(new RegExp(`^${time}\trequest-1\tERROR\twrong$`)),
    ])
  })

  it('passes on what is written without console', async () => {
    const { call, line } = await lambdaFunction(
      `export const handler = async () => {
         process.stdout.write('out\\n')
         process.stderr.write('err\\n')
       }`,
      runtime,
    )
    await call()
    expect([await line(/^out$/), await line(/^err$/)]).toEqual(['out', 'err'])
  })
})
