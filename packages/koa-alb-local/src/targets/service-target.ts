import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type InvokeAnswer, toOutcome } from './invoke-answer.ts'
import { ownFile } from './own-file.ts'
import type { InvocationOutcome, Target } from './target.ts'

/** What is used of `@aws-sdk/client-lambda`. */
interface ServiceModule {
  readonly LambdaClient: new (options: { region: string; maxAttempts: number }) => ServiceClient
  readonly InvokeCommand: new (input: { FunctionName: string; Payload: Uint8Array }) => object
}

interface ServiceClient {
  send(command: object, options: { abortSignal: AbortSignal }): Promise<ServiceAnswer>
}

interface ServiceAnswer {
  readonly StatusCode?: number
  readonly FunctionError?: string
  readonly Payload?: Uint8Array
}

const packageName = '@aws-sdk/client-lambda'
const arn = /^arn:[a-z-]+:lambda:([a-z0-9-]+):\d{12}:function:[\w-]+(?::[\w$-]+)?$/

/**
 * A target that is a function of the Lambda service.
 * @throws TypeError when this is no ARN of a function
 */
export function serviceTarget(functionArn: string, timeoutMs: number): Target {
  const region = arn.exec(functionArn)?.[1]
  if (!region)
    throw new TypeError(`endpoint must be the ARN of a Lambda function, got ${functionArn}`)
  let call: ((event: string) => Promise<InvokeAnswer>) | undefined
  return {
    async invoke(event): Promise<InvocationOutcome> {
      try {
        call ??= connect(functionArn, region, timeoutMs)
        return toOutcome(await call(event))
      } catch (cause) {
        const detail = `${functionArn} cannot be invoked: ${cause}`
        return { errorReason: 'LambdaConnectionError', detail, cause }
      }
    },
  }
}

function connect(
  functionArn: string,
  region: string,
  timeoutMs: number,
): (event: string) => Promise<InvokeAnswer> {
  const { LambdaClient, InvokeCommand } = load()
  // A retry would hide from the log what the load balancer sees.
  const client = new LambdaClient({ region, maxAttempts: 1 })
  return async (event) => {
    const command = new InvokeCommand({ FunctionName: functionArn, Payload: Buffer.from(event) })
    try {
      const answer = await client.send(command, { abortSignal: AbortSignal.timeout(timeoutMs) })
      return {
        status: answer.StatusCode ?? 0,
        functionError: answer.FunctionError,
        errorType: undefined,
        payload: Buffer.from(answer.Payload ?? []).toString(),
      }
    } catch (error) {
      return refusal(error)
    }
  }
}

// An optional peer, so that only those install it who use it: found in the project, where it is even
// when this package runs from the cache of npx, or beside this package.
function load(): ServiceModule {
  const places = [join(process.cwd(), 'package.json'), ownFile()]
  let cause: unknown
  for (const place of places) {
    try {
      return createRequire(place)(packageName)
    } catch (error) {
      cause = error
    }
  }
  throw new Error(`${packageName} is not installed: npm install --save-dev ${packageName}`, {
    cause,
  })
}

/** Exceptions of the service have its status; whatever else went wrong has not. */
function refusal(error: unknown): InvokeAnswer {
  if (!(error instanceof Error) || !('$metadata' in error)) throw error
  const metadata = Object(error.$metadata)
  const status = Number(Reflect.get(metadata, 'httpStatusCode'))
  if (!status) throw error
  return { status, functionError: undefined, errorType: error.name, payload: error.message }
}
