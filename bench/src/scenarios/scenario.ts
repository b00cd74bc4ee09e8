/** A target group's setting `lambda.multi_value_headers.enabled`. */
export type Mode = 'single' | 'multi'

export const modes: readonly Mode[] = ['single', 'multi']

/** A request and what the client must get for it. */
export interface Scenario {
  /** Names the app, too: each scenario has an app of its own. */
  readonly id: string
  readonly title: string
  readonly request: ClientRequest
  readonly answer: Answer
}

export interface ClientRequest {
  readonly method: string
  readonly path: string
  /** Raw `key=value` pairs, in the order in which a load balancer sends them: sorted by key. */
  readonly query?: readonly (readonly [string, string])[]
  /** In addition to those every client and the load balancer send. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer
}

export interface Answer {
  readonly status: number
  /** These at least. */
  readonly headers: Readonly<Record<string, string>>
  /** Without its content-encoding. */
  readonly body: Buffer
}

/** Which app answers a scenario, and with how many bytes where the scenario says so. */
export function appOf(id: string): { name: string; length: number } {
  const [, direction, size] = /^(download|upload)-(\d+)$/.exec(id) ?? []
  const name = direction === 'upload' ? 'binary-post' : (direction ?? id)
  return { name, length: Number(size) }
}
