import type { ExecutedAction, LogEntry } from '../log/log.ts'
import type { Start } from '../log/start.ts'

/** What is kept elsewhere: with the head, or as the text of the exchange. */
export type Elsewhere = Pick<LogEntry, 'requestId' | 'traceId'> & Start

type Way = 'elsewhere' | 'here' | 'number' | 'seldom'

const ways = {
  type: 'elsewhere',
  requestedAt: 'here',
  answeredAt: 'here',
  client: 'elsewhere',
  listenerPort: 'elsewhere',
  localAddress: 'elsewhere',
  loadBalancer: 'elsewhere',
  connectionTraceId: 'elsewhere',
  tls: 'elsewhere',
  method: 'elsewhere',
  target: 'elsewhere',
  httpVersion: 'elsewhere',
  host: 'elsewhere',
  userAgent: 'elsewhere',
  rulePriority: 'number',
  ruleEvaluations: 'number',
  actions: 'here',
  targetGroupArn: 'here',
  server: 'seldom',
  isUnconnected: 'seldom',
  classification: 'seldom',
  classificationReason: 'seldom',
  redirectUrl: 'seldom',
  transformedHost: 'seldom',
  transformedUri: 'seldom',
  transformStatus: 'seldom',
  status: 'number',
  targetStatus: 'number',
  errorReason: 'seldom',
  detail: 'seldom',
  cause: 'seldom',
  requestId: 'elsewhere',
  traceId: 'elsewhere',
  requestProcessingMs: 'number',
  targetProcessingMs: 'number',
  queuedMs: 'number',
  initMs: 'number',
  responseProcessingMs: 'number',
  documentBytes: 'number',
  receivedBytes: 'number',
  sentBytes: 'number',
} as const satisfies Record<keyof LogEntry, Way>

type Ways = typeof ways
type KeptAs<Kept extends Way> = {
  [Name in keyof Ways]: Ways[Name] extends Kept ? Name : never
}[keyof Ways]

const seldom = Object.entries(ways).flatMap(([name, way]) => (way === 'seldom' ? [name] : []))
const digits: Readonly<Record<ExecutedAction, number>> = {
  authenticate: 1,
  'fixed-response': 2,
  forward: 3,
  'jwt-validation': 4,
  redirect: 5,
  rewrite: 6,
}
const absent = Number.NaN

/** A log entry in memory of its own, which the next one is written over. */
export class KeptEntry {
  readonly #numbers: Record<KeptAs<'number'>, number> = {
    rulePriority: absent,
    ruleEvaluations: absent,
    status: absent,
    targetStatus: absent,
    requestProcessingMs: absent,
    targetProcessingMs: absent,
    queuedMs: absent,
    initMs: absent,
    responseProcessingMs: absent,
    documentBytes: absent,
    receivedBytes: absent,
    sentBytes: absent,
  }
  readonly #times = new Float64Array(2)
  /** Their names as digits. */
  #actions = 0
  #targetGroupArn: string | undefined
  /** An object of its own only where there is something to say. */
  #seldom: Partial<LogEntry> | undefined

  keep(entry: LogEntry): void {
    this.#keepNumbers(entry)
    this.#times[0] = entry.requestedAt.getTime()
    this.#times[1] = entry.answeredAt.getTime()
    this.#targetGroupArn = entry.targetGroupArn
    this.#actions = 0
    for (const action of entry.actions) this.#actions = this.#actions * 10 + digits[action]
    this.#seldom = isPlain(entry) ? undefined : seldomOf(entry)
  }

  /** The entry once more. */
  restored(elsewhere: Elsewhere): LogEntry {
    const present = Object.entries(this.#numbers).filter(([, value]) => !Number.isNaN(value))
    // What every entry has was kept.
    const numbers = Object.fromEntries(present) as Pick<LogEntry, KeptAs<'number'>>
    return {
      ...elsewhere,
      ...numbers,
      ...this.#seldom,
      requestedAt: new Date(this.#times[0] ?? 0),
      answeredAt: new Date(this.#times[1] ?? 0),
      actions: actionsOf(this.#actions),
      ...(this.#targetGroupArn !== undefined && { targetGroupArn: this.#targetGroupArn }),
    }
  }

  // By name: a loop over the names takes as long as all else that is done here.
  #keepNumbers(entry: LogEntry): void {
    const numbers = this.#numbers
    numbers.rulePriority = entry.rulePriority ?? absent
    numbers.ruleEvaluations = entry.ruleEvaluations ?? absent
    numbers.status = entry.status
    numbers.targetStatus = entry.targetStatus ?? absent
    numbers.requestProcessingMs = entry.requestProcessingMs ?? absent
    numbers.targetProcessingMs = entry.targetProcessingMs ?? absent
    numbers.queuedMs = entry.queuedMs ?? absent
    numbers.initMs = entry.initMs ?? absent
    numbers.responseProcessingMs = entry.responseProcessingMs ?? absent
    numbers.documentBytes = entry.documentBytes ?? absent
    numbers.receivedBytes = entry.receivedBytes
    numbers.sentBytes = entry.sentBytes
  }
}

function actionsOf(written: number): ExecutedAction[] {
  // The keys are the names.
  const names = Object.entries(digits) as [ExecutedAction, number][]
  return [...String(written)].flatMap((digit) => {
    return names.filter(([, each]) => each === Number(digit)).map(([name]) => name)
  })
}

/** Whether it has nothing that few entries have. */
function isPlain(entry: LogEntry): boolean {
  return (
    entry.server === undefined &&
    entry.classification === undefined &&
    entry.redirectUrl === undefined &&
    entry.transformStatus === undefined &&
    entry.errorReason === undefined &&
    entry.detail === undefined
  )
}

function seldomOf(entry: LogEntry): Partial<LogEntry> {
  return Object.fromEntries(Object.entries(entry).filter(([name]) => seldom.includes(name)))
}
