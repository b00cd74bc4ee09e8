import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { lambdaFunction } from '../shared/lambda-function.ts'

it('throttles what comes while all environments are busy', async () => {
  const { call, invoke, line, folder } = await lambdaFunction(
    `import { existsSync } from 'node:fs'
     export const handler = async () => {
       console.log('busy')
       while (!existsSync('go')) await new Promise(setImmediate)
       return 'done'
     }`,
    { concurrency: 1 },
  )
  const first = call()
  await line(/busy/)
  expect(await invoke()).toEqual({
    errorReason: 'LambdaThrottling',
    detail: 'Rate Exceeded: all 1 execution environments are busy; more with concurrency',
  })
  await writeFile(join(folder, 'go'), '')
  expect(await first).toBe('done')
})
