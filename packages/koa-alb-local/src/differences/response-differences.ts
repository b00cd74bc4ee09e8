import type { Answer } from '../answer/answer.ts'
import { knownFields } from '../invocation/document.ts'
import { isHopByHop } from '../invocation/response.ts'
import type { HeaderLine } from '../types.ts'
import { type Difference, difference, named } from './difference.ts'

interface Observed {
  readonly method: string
  /** A document that was valid, as JSON text. */
  readonly payload: string
  readonly multiValueHeaders: boolean
  readonly answer: Answer
}

interface Document {
  readonly statusCode: number
  readonly statusDescription?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>
  readonly body?: string
}

/** What of the document did not go to the client, or not as it was. */
export function responseDifferences({
  method,
  payload,
  multiValueHeaders,
  answer,
}: Observed): Difference[] {
  const document: Document = JSON.parse(payload)
  const single = Object.entries(Object(document.headers)).map(toLine)
  const multi = Object.entries(Object(document.multiValueHeaders)).flatMap(toLines)
  const [used, other] = multiValueHeaders ? [multi, single] : [single, multi]
  const hasNoBody = document.statusCode === 204 || document.statusCode === 304
  const found: Difference[] = []
  const add = (
    key: Difference['key'],
    texts: readonly string[],
    sentence: string,
    names = texts,
  ): void => {
    if (texts.length === 0) return
    const shown = sentence.replace('$', () => named(texts))
    found.push(difference(key, shown, names))
  }
  const [field, state] = multiValueHeaders ? ['headers', 'on'] : ['multiValueHeaders', 'off']
  const ofOther = `${field} of the document is not read, multi-value headers are ${state}: $ is lost`
  add('header-fields-of-the-other-mode', lostIn(other, used), ofOther)
  const unknown = Object.keys(document).filter((name) => !knownFields.includes(name))
  add(
    'unknown-document-fields',
    unknown,
    'a load balancer does not read the field $ of the document',
  )
  add('unread-status-descriptions', unreadDescription(document), '$ is not code, space and phrase')
  add(
    'hop-by-hop-fields',
    namesOf(used).filter(isHopByHop),
    '$ is not sent: it is about a connection',
  )
  if (hasNoBody) {
    const body = document.body ? [String(document.statusCode)] : []
    add('responses-without-a-body', body, 'the body of a $ is not sent', [])
    return [...found, ...changedLines(used, answer)]
  }
  if (method !== 'HEAD') {
    const length = wrongLength(used, answer.body.length)
    add('computed-content-length', length, 'content-length is computed: it was $', [
      'content-length',
    ])
  }
  const hasType = namesOf(used).includes('content-type')
  const type = hasType ? [] : ['application/octet-stream']
  add('missing-content-types', type, 'the response has no content type, and goes as $', [
    'content-type',
  ])
  return [...found, ...changedLines(used, answer)]
}

function toLine([name, value]: [string, unknown]): HeaderLine {
  return [name.toLowerCase(), String(value)]
}

function toLines([name, values]: [string, unknown]): HeaderLine[] {
  return Array.isArray(values) ? values.map((value) => toLine([name, value])) : []
}

function namesOf(lines: readonly HeaderLine[]): string[] {
  return lines.map(([name]) => name)
}

// Some functions fill both fields, so that either mode finds the same lines.
function lostIn(other: readonly HeaderLine[], used: readonly HeaderLine[]): string[] {
  const count = (lines: readonly HeaderLine[], name: string): number =>
    lines.filter(([each]) => each === name).length
  return namesOf(other).filter((name) => count(other, name) > count(used, name))
}

function unreadDescription({ statusCode, statusDescription }: Document): string[] {
  if (statusDescription === undefined) return []
  const [, code] = /^(\d{3}) [\t\x20-\x7e]+$/.exec(statusDescription) ?? []
  return code === String(statusCode) ? [] : ['statusDescription']
}

function wrongLength(lines: readonly HeaderLine[], bytes: number): string[] {
  const lengths = lines.filter(([name]) => name === 'content-length').map(([, value]) => value)
  return lengths.filter((value) => value !== String(bytes)).map((value) => `${value}, not ${bytes}`)
}

// By the attributes of the listener.
function changedLines(used: readonly HeaderLine[], { lines }: Answer): Difference[] {
  const sent = lines.map(([name, value]) => `${name.toLowerCase()}: ${value}`)
  const names = used
    .filter(([name]) => name !== 'content-length' && !isHopByHop(name))
    .filter(([name, value]) => !sent.includes(`${name}: ${value}`))
    .map(([name]) => name)
  if (names.length === 0) return []
  const sentence = `the listener has other values for ${named(names)}, or none`
  return [difference('changed-response-headers', sentence, names)]
}
