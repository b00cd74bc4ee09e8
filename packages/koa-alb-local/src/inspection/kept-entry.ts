import type { ExecutedAction, LogEntry } from '../log/log.ts'
import { keptFailure } from './kept-failure.ts'

/** What is kept elsewhere: with the head, as text, or as it is. */
export type Elsewhere = Omit<LogEntry, KeptAs<'number'> | 'actions' | 'answeredAt' | 'requestedAt'>

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
  targetGroupArn: 'elsewhere',
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

// In the order in which they are written.
const numbers = [
  'rulePriority',
  'ruleEvaluations',
  'status',
  'targetStatus',
  'requestProcessingMs',
  'targetProcessingMs',
  'queuedMs',
  'initMs',
  'responseProcessingMs',
  'documentBytes',
  'receivedBytes',
  'sentBytes',
] as const satisfies KeptAs<'number'>[]
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

/** How many numbers of an entry are kept. */
export const entryNumbers = numbers.length + 3

/** Writes them from there on. By name: a loop over the names takes several times as long. */
export function keepEntry(entry: LogEntry, to: Float64Array, first: number): void {
  to[first] = entry.rulePriority ?? absent
  to[first + 1] = entry.ruleEvaluations ?? absent
  to[first + 2] = entry.status
  to[first + 3] = entry.targetStatus ?? absent
  to[first + 4] = entry.requestProcessingMs ?? absent
  to[first + 5] = entry.targetProcessingMs ?? absent
  to[first + 6] = entry.queuedMs ?? absent
  to[first + 7] = entry.initMs ?? absent
  to[first + 8] = entry.responseProcessingMs ?? absent
  to[first + 9] = entry.documentBytes ?? absent
  to[first + 10] = entry.receivedBytes
  to[first + 11] = entry.sentBytes
  to[first + 12] = entry.requestedAt.getTime()
  to[first + 13] = entry.answeredAt.getTime()
  let actions = 0
  for (const action of entry.actions) actions = actions * 10 + digits[action]
  to[first + 14] = actions
}

/** What few entries have; undefined when this one has nothing of it. */
export function seldomOf(entry: LogEntry): Partial<LogEntry> | undefined {
  const isPlain =
    entry.server === undefined &&
    entry.classification === undefined &&
    entry.redirectUrl === undefined &&
    entry.transformStatus === undefined &&
    entry.errorReason === undefined &&
    entry.detail === undefined
  if (isPlain) return undefined
  const rare = Object.entries(entry).filter(([name]) => seldom.includes(name))
  return { ...Object.fromEntries(rare), ...keptFailure(entry) }
}

/** The entry once more. */
export function restoredEntry(from: Float64Array, elsewhere: Elsewhere): LogEntry {
  const values = numbers.map((name, index) => [name, from[index] ?? absent] as const)
  const present = values.filter(([, value]) => !Number.isNaN(value))
  const [requestedAt = 0, answeredAt = 0, actions = 0] = from.subarray(numbers.length)
  return {
    ...elsewhere,
    // What every entry has was kept.
    ...(Object.fromEntries(present) as Pick<LogEntry, KeptAs<'number'>>),
    requestedAt: new Date(requestedAt),
    answeredAt: new Date(answeredAt),
    actions: actionsOf(actions),
  }
}

function actionsOf(written: number): ExecutedAction[] {
  // The keys are the names.
  const names = Object.entries(digits) as [ExecutedAction, number][]
  return [...String(written)].flatMap((digit) => {
    return names.filter(([, each]) => each === Number(digit)).map(([name]) => name)
  })
}
