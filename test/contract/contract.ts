import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import { expect, it } from 'vitest'
import { serving } from './serving.ts'
import { exchange, type WireResponse } from './wire.ts'

export type App = { callback(): RequestListener } | RequestListener | Server
export type Mode = 'listen' | 'single' | 'multi'

/** Called by an app with what it sees. */
export type Saw = (value: unknown) => void

/** What must hold for one request; what is not given is not checked. */
export interface Expected {
  /** Code and reason phrase; `200 OK` unless given. */
  readonly status?: string
  /** `name: value`, names in lower case: for each name listed, these lines in this order, no other. */
  readonly headers?: readonly string[]
  /** Names of header fields that must be absent. */
  readonly without?: readonly string[]
  /** Text stands for its UTF-8 bytes. */
  readonly body?: string | Buffer
  /** Status lines of interim responses; none unless given. */
  readonly interim?: readonly string[]
  readonly trailers?: readonly string[]
  /** The values the app passed to `saw`, in order; none unless given. */
  readonly saw?: readonly unknown[]
}

/** Where the wire format of the load balancer forces another outcome. */
export interface Difference extends Expected {
  readonly because: string
}

export interface Case extends Expected {
  /** A behaviour in the present tense. */
  readonly name: string
  readonly app: (saw: Saw) => App | Promise<App>
  readonly request: Buffer
  readonly single?: Difference
  readonly multi?: Difference
  /** Both header modes. */
  readonly balanced?: Difference
}

export type Request = IncomingMessage
export type Response = ServerResponse<IncomingMessage>

/** Registers one test per case: the app, served in this mode, gives what the case expects. */
export function contract(cases: readonly Case[], mode: Mode, serve: (app: App) => Server): void {
  for (const one of cases) {
    it(one.name, { timeout: 10_000 }, async () => {
      const seen: unknown[] = []
      const app = await one.app((value) => seen.push(value))
      await verify(one, mode, serve(app), () => seen)
    })
  }
}

/** Sends the case's request to the server; `seen` gives what the app has passed to `saw` by then. */
export async function verify(
  one: Case,
  mode: Mode,
  server: Server,
  seen: () => readonly unknown[] | Promise<readonly unknown[]>,
): Promise<void> {
  const port = await serving(server)
  const response = await exchange(port, one.request)
  const expected = expectedIn(mode, one)
  check(response, expected)
  // finish and close come after the last byte has left.
  await expect.poll(seen, { interval: 5, timeout: 3_000 }).toEqual(expected.saw ?? [])
}

function expectedIn(mode: Mode, one: Case): Expected {
  return mode === 'listen' ? one : { ...one, ...one.balanced, ...one[mode] }
}

function check(response: WireResponse, expected: Expected): void {
  const names = new Set([...(expected.headers ?? []).map(nameOf), ...(expected.without ?? [])])
  expect({
    status: response.status,
    headers: byName(response.headers.filter((line) => names.has(nameOf(line)))),
    // One character per byte: a difference reads better than two buffers.
    body: expected.body === undefined ? undefined : response.body.toString('latin1'),
    interim: response.interim,
    trailers: response.trailers,
    complete: response.complete,
  }).toEqual({
    status: expected.status ?? '200 OK',
    headers: byName(expected.headers ?? []),
    body: expected.body === undefined ? undefined : Buffer.from(expected.body).toString('latin1'),
    interim: expected.interim ?? [],
    trailers: expected.trailers ?? [],
    complete: true,
  })
}

function byName(lines: readonly string[]): string[] {
  return lines.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)))
}

function nameOf(line: string): string {
  return line.slice(0, line.indexOf(':'))
}
