import { randomUUID } from 'node:crypto'
import { type HeaderMode, headerModes } from '../invocation/header-mode.ts'
import { toResponse } from '../invocation/response.ts'
import type { InvocationOutcome, Target } from '../targets/target.ts'
import type { Check, Exchange, Question } from './checks/check.ts'
import { checks } from './checks/checks.ts'
import type { Finding, Judged } from './formats/report.ts'
import { tellingEvent } from './telling-event.ts'

export interface Subject {
  readonly target: Target
  /** What it is asked. */
  readonly questions: readonly Question[]
  /** Whether the probe app answers, whose routes are known. */
  readonly isProbe: boolean
}

/** Asks everything in both modes, and says for each check what came of it. */
export async function examine({ target, questions, isProbe }: Subject): Promise<readonly Judged[]> {
  const found = new Map<string, Finding[]>()
  const judge = (check: Check, exchange: Exchange): void => {
    const list = found.get(check.code) ?? []
    if (!check.questions || exchange.answer || exchange.question.isExtreme)
      found.set(check.code, list)
    for (const message of check.judge(exchange)) addFinding(list, check, message, exchange)
  }
  const general = checks.filter((check) => !check.questions)
  const judgeAll = (exchange: Exchange): void => {
    if (!exchange.question.isExtreme) for (const check of general) judge(check, exchange)
  }
  for (const mode of headerModes) {
    for (const question of questions) judgeAll(await exchangeOf(target, question, mode))
    for (const check of isProbe ? checks : []) {
      for (const question of check.questions ?? []) {
        const exchange = await exchangeOf(target, question, mode)
        judgeAll(exchange)
        judge(check, exchange)
      }
    }
  }
  return checks.map((check) =>
    judged(check, found.get(check.code), isProbe ? unanswered : needsProbe),
  )
}

function judged(check: Check, findings: readonly Finding[] | undefined, missing: string): Judged {
  const { code, name, severity } = check
  if (!findings) return { code, name, severity, status: 'not run', reason: missing, findings: [] }
  return { code, name, severity, status: findings.length > 0 ? 'failed' : 'passed', findings }
}

const unanswered = 'the probe app was not answered'
const needsProbe = 'needs an app with known routes: --adapter <package>'

function addFinding(
  list: Finding[],
  { code, severity, remedy, source }: Check,
  message: string,
  { mode, question }: Exchange,
): void {
  const same = list.find((each) => each.message === message)
  if (!same) {
    list.push({ code, severity, message, modes: [mode], events: [question.about], remedy, source })
    return
  }
  if (!same.modes.includes(mode)) same.modes.push(mode)
  if (!same.events.includes(question.about)) same.events.push(question.about)
}

/** Invokes with the event of the question, and makes of the outcome what a load balancer would. */
export async function exchangeOf(
  target: Target,
  question: Question,
  mode: HeaderMode,
): Promise<Exchange> {
  const event = JSON.stringify(tellingEvent(question, mode))
  const outcome = await target.invoke(event, { requestId: randomUUID() })
  return toExchange(question, mode, outcome)
}

export function toExchange(
  question: Question,
  mode: HeaderMode,
  outcome: InvocationOutcome,
): Exchange {
  if (!('payload' in outcome)) {
    const isTimeout = /^Task timed out|TimeoutError/.test(outcome.detail)
    const refusal = outcome.detail
    return { question, mode, outcome, isTimeout, refusal, ...nothing }
  }
  const document = parsed(outcome.payload)
  const isObject = typeof document === 'object' && document !== null && !Array.isArray(document)
  const base = {
    question,
    mode,
    outcome,
    isTimeout: false,
    document,
    fields: isObject ? (document as Readonly<Record<string, unknown>>) : undefined,
  }
  try {
    const settings = {
      method: question.method,
      multiValueHeaders: mode === 'multi',
      reverseRepeatedHeaders: false,
    }
    return { ...base, answer: toResponse(outcome.payload, settings), refusal: undefined }
  } catch (error) {
    const refusal = error instanceof Error ? error.message : String(error)
    return { ...base, answer: undefined, refusal }
  }
}

const nothing = { document: undefined, fields: undefined, answer: undefined }

function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload)
  } catch {
    return undefined
  }
}

/** Each check, when nothing could be asked. */
export function notExamined(reason: string): readonly Judged[] {
  return checks.map(({ code, name, severity }) => ({
    code,
    name,
    severity,
    status: 'not run',
    reason,
    findings: [],
  }))
}
