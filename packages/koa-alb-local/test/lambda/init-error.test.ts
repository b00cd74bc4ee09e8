import { describe, expect, it } from 'vitest'
import { lambdaFunction, runtimes } from '../shared/lambda-function.ts'
import { logFor } from '../shared/load-balancer.ts'

const failures = [
  [
    'a file that is missing',
    { 'other.mjs': '' },
    'Runtime.ImportModuleError: cannot find <folder>/lambda.js, .mjs or .cjs for the handler lambda.handler: has it been built?',
  ],
  [
    'an export that is missing',
    { 'lambda.mjs': 'export const handle = () => {}, other = 1' },
    'Runtime.HandlerNotFound: lambda.handler is not a function that is exported: <folder>/lambda.mjs has no export handler; it exports handle, other',
  ],
  [
    'an export that is no function',
    { 'lambda.mjs': 'export const handler = {}' },
    'Runtime.HandlerNotFound: lambda.handler is not a function that is exported: <folder>/lambda.mjs has handler as object; it exports handler',
  ],
  [
    'a syntax error',
    { 'lambda.mjs': 'export const handler = 1\nconst = 2' },
    "Runtime.UserCodeSyntaxError: Unexpected token '=' (file://<folder>/lambda.mjs:2)",
  ],
  [
    'a syntax error in a file that it imports',
    { 'lambda.mjs': "import './app.mjs'", 'app.mjs': 'const = 1' },
    "Runtime.UserCodeSyntaxError: Unexpected token '=' (file://<folder>/app.mjs:1)",
  ],
  [
    'a package that is missing',
    { 'lambda.mjs': "import 'koala'" },
    "Error: Cannot find package 'koala' imported from <folder>/lambda.mjs",
  ],
  ['code that throws', { 'lambda.mjs': "throw new Error('no database')" }, 'Error: no database'],
] as const

describe('tells a developer of', () => {
  it.each(failures)('%s', async (_what, files, reason) => {
    const { invoke, folder } = await lambdaFunction(files)
    const detail = `the function did not start: ${reason.replaceAll('<folder>', folder)}`
    expect(await invoke()).toMatchObject({ errorReason: 'LambdaUnhandled', detail })
  })

  it('an exit, with the status', async () => {
    const { invoke } = await lambdaFunction('process.exit(7)')
    expect(await invoke()).toEqual({
      errorReason: 'LambdaUnhandled',
      detail: 'the function did not start: Runtime exited with error: exit status 7',
    })
  })

  it('a binary that is no Node', async () => {
    const { invoke } = await lambdaFunction('', { node: '/bin/false' })
    expect(await invoke()).toMatchObject({
      errorReason: 'LambdaServiceException',
      detail: expect.stringMatching(/^\/bin\/false is no Node binary that runs here: /),
    })
  })
})

it.each([
  [
    'a syntax error',
    { 'lambda.mjs': 'export const handler = 1\nconst = 2' },
    'lambda.mjs:2',
    'const = 2',
  ],
  [
    'an import of what is not exported',
    { 'lambda.mjs': "import { a } from './b.mjs'", 'b.mjs': '' },
    'lambda.mjs:1',
    "import { a } from './b.mjs'",
  ],
  ['a syntax error in CommonJS', { 'lambda.cjs': 'const = 3' }, 'lambda.cjs:1', 'const = 3'],
])('shows file, line and code of %s on the log of the function', async (_what, files, at, code) => {
  const { invoke, lines, folder } = await lambdaFunction(files)
  await invoke()
  expect(lines[0]?.replace('file://', '')).toBe(`${folder}/${at}`)
  expect(lines[1]).toBe(code)
  expect(lines.filter((line) => line.startsWith('    at '))).toEqual([])
})

it('has the stack of what the code threw on the log of the load balancer', async () => {
  const { invoke, folder } = await lambdaFunction("\nthrow new Error('no database')")
  const entry = await logFor({ target: { invoke: () => invoke() } })
  expect(entry).toMatchObject({ status: 502, cause: { message: 'no database' } })
  expect(entry).toHaveProperty('cause.stack', expect.stringContaining(`${folder}/lambda.mjs:2:7`))
  expect(entry).not.toHaveProperty('cause.stack', expect.stringContaining('load-handler'))
})

it('tries again with the next invocation', async () => {
  const { invoke, call } = await lambdaFunction(
    `import { appendFileSync, readFileSync } from 'node:fs'
     appendFileSync('starts', 'x')
     if (readFileSync('starts').length < 2) throw new Error('not yet')
     export const handler = async () => 'started'`,
  )
  expect(await invoke()).toMatchObject({ detail: 'the function did not start: Error: not yet' })
  expect(await call()).toBe('started')
})

describe.each(runtimes)('with the client $runtime', (runtime) => {
  it('reports what the code threw', async () => {
    const { invoke } = await lambdaFunction("throw new Error('no database')", runtime)
    expect(await invoke()).toMatchObject({
      detail: 'the function did not start: Error: no database',
      cause: { name: 'Error', message: 'no database' },
    })
  })
})
