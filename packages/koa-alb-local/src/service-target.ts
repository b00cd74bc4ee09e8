import { type InvokeAnswer, toOutcome } from './invoke-answer.ts'
import type { InvocationOutcome, Target } from './target.ts'

/** What is used of `@aws-sdk/client-lambda`. */
interface ServiceModule {
  readonly LambdaClient: new (options: { region: string }) => ServiceClient
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

// An optional peer: not a literal, so that types and bundlers do not ask for it.
const packageName: string = '@aws-sdk/client-lambda'
const arn = /^arn:[a-z-]+:lambda:([a-z0-9-]+):\d{12}:function:[\w-]+(?::[\w$-]+)?$/

/**
 * A target that is a function of the Lambda service.
 * @throws TypeError when this is no ARN of a function
 */
export function serviceTarget(functionArn: string, timeoutMs: number): Target {
  const region = arn.exec(functionArn)?.[1]
  if (!region)
    throw new TypeError(`endpoint must be the ARN of a Lambda function, got ${functionArn}`)
  let loading: Promise<(event: string) => Promise<InvokeAnswer>> | undefined
  return {
    async invoke(event): Promise<InvocationOutcome> {
      loading ??= connect(functionArn, region, timeoutMs)
      try {
        const call = await loading
        return toOutcome(await call(event))
      } catch (cause) {
        const detail = `${functionArn} cannot be invoked: ${cause}`
        return { errorReason: 'LambdaConnectionError', detail, cause }
      }
    },
  }
}

async function connect(
  functionArn: string,
  region: string,
  timeoutMs: number,
): Promise<(event: string) => Promise<InvokeAnswer>> {
  const { LambdaClient, InvokeCommand } = await load()
  const client = new LambdaClient({ region })
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

async function load(): Promise<ServiceModule> {
  try {
    return await import(packageName)
  } catch (cause) {
    throw new Error(`${packageName} is not installed: npm install --save-dev ${packageName}`, {
      cause,
    })
  }
}

/** Exceptions of the service have its status; whatever else went wrong has not. */
function refusal(error: unknown): InvokeAnswer {
  if (!(error instanceof Error) || !('$metadata' in error)) throw error
  const metadata = Object(error.$metadata)
  const status = Number(Reflect.get(metadata, 'httpStatusCode'))
  if (!status) throw error
  return { status, functionError: undefined, errorType: error.name, payload: error.message }
}
