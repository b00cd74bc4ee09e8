import { randomUUID } from 'node:crypto'
import { type HeaderMode, headerModes } from '../invocation/header-mode.ts'
import { toResponse } from '../invocation/response.ts'
import type { InvocationOutcome, Target } from '../targets/target.ts'
import type { Check, Exchange, Question } from './checks/check.ts'
import { checks } from './checks/checks.ts'
import type { Finding, Judged } from './formats/report.ts'
import { notRun } from './judged.ts'
import { tellingEvent } from './telling-event.ts'

export interface Subject {
  readonly target: Target
  /** What it is asked. */
  readonly questions: readonly Question[]
  /** Whether the probe app answers, whose routes are known. */
  readonly isProbe: boolean
  /** An adapter that its project has. */
  readonly adapter?: string | undefined
}

/** Asks everything in both modes, and says for each check what came of it. */
export async function examine(subject: Subject): Promise<readonly Judged[]> {
  const { target, questions, isProbe, adapter = '<package>' } = subject
  const examination = new Examination(target)
  for (const mode of headerModes) {
    for (const question of questions) await examination.ask(question, mode)
    for (const check of isProbe ? checks : []) {
      for (const question of check.questions ?? []) await examination.ask(question, mode, check)
    }
  }
  return checks.map((check) => examination.judged(check, isProbe ? undefined : adapter))
}

// One that never answers takes the whole timeout for each event.
const mostTimeouts = 3

class Examination {
  readonly #target: Target
  readonly #found = new Map<Check, Finding[]>()
  #timeouts = 0

  constructor(target: Target) {
    this.#target = target
  }

  /** @param own the check that it is asked for, if it is for one */
  async ask(question: Question, mode: HeaderMode, own?: Check): Promise<void> {
    if (this.#timeouts === mostTimeouts) return
    const exchange = await exchangeOf(this.#target, question, mode)
    if (!question.isExtreme) {
      this.#timeouts = exchange.isTimeout ? this.#timeouts + 1 : 0
      for (const check of checks) if (!check.questions) this.#judge(check, exchange)
    }
    if (own) this.#judge(own, exchange)
  }

  /** @param adapter what would ask for those that were not asked for */
  judged(check: Check, adapter: string | undefined): Judged {
    const findings = this.#found.get(check)
    if (!findings) return notRun(check, this.#reason(check, adapter))
    const { code, name, severity } = check
    return { code, name, severity, status: findings.length > 0 ? 'failed' : 'passed', findings }
  }

  #reason({ questions }: Check, adapter: string | undefined): string {
    if (questions && adapter) return `needs an app with known routes: --adapter ${adapter}`
    if (this.#timeouts === mostTimeouts) return gaveUp
    return questions ? 'the probe app was not answered' : 'no event was answered'
  }

  #judge(check: Check, exchange: Exchange): void {
    const { answer, outcome, question } = exchange
    const isJudged = check.questions
      ? answer !== undefined || question.isExtreme
      : 'payload' in outcome || check.judgesFailures
    if (!isJudged) return
    const list = this.#found.get(check) ?? []
    this.#found.set(check, list)
    for (const message of check.judge(exchange)) addFinding(list, check, message, exchange)
  }
}

const gaveUp = `no answer in time to ${mostTimeouts} events one after the other: no more are sent`

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
  return checks.map((check) => notRun(check, reason))
}
