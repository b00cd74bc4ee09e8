import { writtenEvent } from '../invocation/composed-event.ts'
import type { HeaderMode } from '../invocation/header-mode.ts'
import type { AlbEvent, HeaderLine } from '../types.ts'
import type { Question } from './checks/check.ts'

const added: readonly HeaderLine[] = [
  ['accept', '*/*'],
  ['host', 'doctor.example.com'],
  ['user-agent', 'koa-alb-local doctor'],
  ['x-amzn-trace-id', 'Root=1-5bdb40ca-556d8b0c50dc66f0511bf520'],
  ['x-forwarded-for', '192.0.2.7'],
  ['x-forwarded-port', '443'],
  ['x-forwarded-proto', 'https'],
]
const healthCheck: readonly HeaderLine[] = [['user-agent', 'ELB-HealthChecker/2.0']]

/** The event of a question, as docs/alb-behaviour.md has it. */
export function tellingEvent(question: Question, mode: HeaderMode): AlbEvent {
  const { method, path, query = '', body = Buffer.alloc(0), emptyIsBase64 } = question
  const lines = question.isHealthCheck ? healthCheck : headerLines(question, body)
  return writtenEvent({ method, path, query, lines, body, emptyIsBase64 }, 'doctor', mode)
}

function headerLines(
  { headers = [], hasNoLength = false }: Question,
  body: Buffer,
): readonly HeaderLine[] {
  const isSaid = body.length > 0 && !hasNoLength
  const length: HeaderLine[] = isSaid ? [['content-length', `${body.length}`]] : []
  return [...added, ...length, ...headers]
}
