import { Agent, type IncomingMessage, request } from 'node:http'
import { request as secureRequest } from 'node:https'
import { holdingProcess } from '../time/clock.ts'
import { type InvokeAnswer, toOutcome } from './invoke-answer.ts'
import { serviceTarget } from './service-target.ts'
import { type InvocationOutcome, type Target, takeEvents } from './target.ts'

export interface EndpointTargetOptions {
  /**
   * The function in `/2015-03-31/functions/<name>/invocations`. Default `function`, the only one of
   * the Runtime Interface Emulator.
   */
  functionName?: string
  /** Milliseconds to wait for an answer. Default 900,000, the longest a function may run. */
  timeoutMs?: number
}

/**
 * A target behind a Lambda Invoke endpoint: the Runtime Interface Emulator, `sam local start-lambda`,
 * LocalStack. Or, given the ARN of a function, the service itself, through `@aws-sdk/client-lambda`,
 * which has to be installed, and with the credentials that it finds.
 *
 * @param endpoint the endpoint's URL, the full one of a function's invocations, or an ARN
 * @throws TypeError when it is neither
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function endpointTarget(
  endpoint: string | URL,
  { functionName = 'function', timeoutMs = 900_000 }: EndpointTargetOptions = {},
): Target {
  return createEndpointTarget(endpoint, [functionName], timeoutMs)
}

/**
 * The same under the first of these names that the endpoint knows: the Runtime Interface Emulator has
 * one path, of `function`, all others have the function's name in it.
 */
export function createEndpointTarget(
  endpoint: string | URL,
  functionNames: readonly string[],
  timeoutMs = 900_000,
): Target {
  if (String(endpoint).startsWith('arn:')) return serviceTarget(String(endpoint), timeoutMs)
  const paths = functionNames.map((name) => invocationsAddress(endpoint, name).href)
  const addresses = [...new Set(paths)]
  const ask = askerOf(addresses[0]?.startsWith('https:') === true, timeoutMs)
  // The one that is known to be right.
  let found: string | undefined
  const call = async (event: string): Promise<InvocationOutcome> => {
    let unknown: InvokeAnswer | undefined
    for (const address of found === undefined ? addresses : [found]) {
      try {
        const answer = await ask(address, event)
        if (answer.status !== 404) found = address
        if (answer.status !== 404 || addresses.length === 1) return toOutcome(answer)
        // Nothing was invoked: there is no such path, or no such function.
        unknown ??= answer
      } catch (cause) {
        const errorReason = isTimeout(cause) ? 'LambdaConnectionTimeout' : 'LambdaConnectionError'
        return { errorReason, detail: `no answer from ${address}: ${cause}`, cause }
      }
    }
    found = undefined
    return toOutcome(unknown ?? noAnswer)
  }
  const target: Target = { invoke: (event) => holdingProcess(() => call(event)) }
  takeEvents(target, (event) => call(JSON.stringify(event)))
  return target
}

type Ask = (address: string, event: string) => Promise<InvokeAnswer>

function askerOf(isSecure: boolean, timeoutMs: number): Ask {
  // The global agent of https keeps connections, too.
  const settings = isSecure ? {} : { agent: new Agent({ keepAlive: true }) }
  const send = isSecure ? secureRequest : request
  return async (address, event) => {
    const sent = send(address, {
      ...settings,
      method: 'POST',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(event),
      },
    })
    // Whoever awaits the answer holds the process: the client's connection, or holdingProcess.
    sent.once('socket', (socket) => socket.unref())
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      sent.once('response', resolve).once('error', reject)
    })
    sent.end(event)
    return read(await answered)
  }
}

const noAnswer: InvokeAnswer = {
  status: 404,
  functionError: undefined,
  errorType: undefined,
  payload: '',
}

function invocationsAddress(endpoint: string | URL, functionName: string): URL {
  const text = String(endpoint)
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new TypeError(
      `endpoint must be an http or https URL or the ARN of a function, got ${endpoint}`,
    )
  }
  const url = new URL(text)
  if (url.pathname.endsWith('/invocations')) return url
  const path = `2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`
  return new URL(path, url.href.endsWith('/') ? url : `${url}/`)
}

async function read(response: IncomingMessage): Promise<InvokeAnswer> {
  const { statusCode = 0, headers } = response
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  return {
    status: statusCode,
    functionError: textOf(headers['x-amz-function-error']),
    errorType: textOf(headers['x-amzn-errortype']),
    payload: Buffer.concat(chunks).toString(),
  }
}

function textOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}

function isTimeout(error: unknown): boolean {
  return (
    error instanceof Error && error.cause instanceof Error && error.cause.name === 'TimeoutError'
  )
}
