import type { AlbEvent, LambdaHandler, LoadBalancerOptions, LogEntry } from '../../src/index.ts'
import { open, optionsWith, urlOf } from './application-load-balancer.ts'
import { head, start } from './load-balancer.ts'

/** A load balancer with what its function saw and what it logged. */
export interface Observed {
  readonly port: number
  /** `GET /path body` per call of the function, in order. */
  readonly calls: string[]
  readonly entries: LogEntry[]
  /** Resolves once so many exchanges are on the log. */
  logged(count: number): Promise<readonly LogEntry[]>
}

/** Starts one whose function answers with the path, unless another handler is given. */
export async function observe({
  handler = answerPath,
  desyncMode,
  ...options
}: Omit<LoadBalancerOptions, 'target' | 'log'> & {
  handler?: LambdaHandler
  /** In place of all other options. */
  desyncMode?: string
} = {}): Promise<Observed> {
  const calls: string[] = []
  const entries: LogEntry[] = []
  let onEntry = (): void => {}
  const target: LambdaHandler = (event, context) => {
    calls.push(`${event.httpMethod} ${event.path} ${textOf(event)}`.trimEnd())
    // No callback is passed to a function, as `functionTarget` says.
    return handler(event, context, undefined as never)
  }
  const log = (entry: LogEntry): void => {
    entries.push(entry)
    onEntry()
  }
  const port =
    desyncMode === undefined
      ? await start({ ...options, target, log })
      : await startInMode(desyncMode, target, log)
  return {
    port,
    calls,
    entries,
    logged: (count) =>
      new Promise((resolve) => {
        onEntry = () => {
          if (entries.length >= count) resolve(entries)
        }
        onEntry()
      }),
  }
}

async function startInMode(
  Value: string,
  api: LambdaHandler,
  log: (entry: LogEntry) => void,
): Promise<number> {
  const LoadBalancerAttributes = [{ Key: 'routing.http.desync_mitigation_mode', Value }]
  const options = optionsWith({ targets: { api }, loadBalancer: { LoadBalancerAttributes }, log })
  return Number(new URL(urlOf(await open(options))).port)
}

/** A request on `a.example`, with further header lines. */
export function request(requestLine: string, ...lines: string[]): string {
  return head(`${requestLine} HTTP/1.1`, 'Host: a.example', ...lines)
}

/** Status and body of each response in what was received. */
export function answers(received: string): string[] {
  return [...received.matchAll(/HTTP\/1\.1 (\d{3}) .*?\r\n\r\n(?:<html>.*?<\/html>|[^H]*)/gs)].map(
    ([response, status]) =>
      `${status} ${response.split('\r\n\r\n')[1]?.replace(/<html>.*/s, 'page')}`,
  )
}

const answerPath: LambdaHandler = async ({ path }) => ({ statusCode: 200, body: path })

function textOf({ body, isBase64Encoded }: AlbEvent): string {
  return Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8').toString('latin1')
}
