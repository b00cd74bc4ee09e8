import type { HeaderLine } from '../types.ts'
import { ApiError } from './api-error.ts'
import type { Sending } from './sending.ts'

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

/** @throws ApiError naming the field that is not what it has to be */
export function readSending(value: unknown): Sending {
  if (typeof value !== 'object' || value === null) throw new ApiError(400, 'an object is wanted')
  const fields: Readonly<Record<string, unknown>> = { ...value }
  const method = text(fields, 'method')
  const target = text(fields, 'target')
  if (method !== undefined && !token.test(method)) throw wrong('method', 'an HTTP token')
  if (target !== undefined && !/^[\x21-\u{10ffff}]+$/u.test(target)) {
    throw wrong('target', 'a request target without spaces')
  }
  const body = text(fields, 'body')
  const listener = text(fields, 'listener')
  const { id, multiValueHeaders } = fields
  if (id !== undefined && !Number.isInteger(id)) throw wrong('id', 'the number of an exchange')
  if (multiValueHeaders !== undefined && typeof multiValueHeaders !== 'boolean') {
    throw wrong('multiValueHeaders', 'true or false')
  }
  return {
    ...(typeof id === 'number' && { id }),
    ...(typeof multiValueHeaders === 'boolean' && { multiValueHeaders }),
    ...(method !== undefined && { method }),
    ...(target !== undefined && { target }),
    ...(body !== undefined && { body }),
    ...(listener !== undefined && { listener }),
    ...(fields.lines !== undefined && { lines: linesOf(fields.lines) }),
  }
}

function linesOf(value: unknown): HeaderLine[] {
  if (!Array.isArray(value)) throw wrong('lines', 'a list of [name, value]')
  return value.map((line: unknown) => {
    const [name, content]: unknown[] = Array.isArray(line) ? line : []
    if (typeof name !== 'string' || !token.test(name))
      throw wrong('lines', 'pairs with an HTTP token')
    // From 0x80 on characters may be bytes.
    if (typeof content !== 'string' || !/^[\t\x20-\x7e\x80-\u{10ffff}]*$/u.test(content)) {
      throw wrong(`lines: ${name}`, 'a text without control characters')
    }
    return [name, content]
  })
}

function text(fields: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = fields[name]
  if (value === undefined || typeof value === 'string') return value
  throw wrong(name, 'a text')
}

function wrong(name: string, allowed: string): ApiError {
  return new ApiError(400, `${name} must be ${allowed}`)
}
