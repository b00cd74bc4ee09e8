import { STATUS_CODES } from 'node:http'
import { ownAnswer } from '../answer/own-answer.ts'
import type { Property } from '../properties/property.ts'
import { dropBody } from '../request/body.ts'
import type { Action } from '../rules/rule.ts'

const bodyLimitCharacters = 1024
const contentTypes = [
  'text/plain',
  'text/css',
  'text/html',
  'application/javascript',
  'application/json',
] as const

export function readFixedResponse(config: Property): Action {
  const code = config.at('StatusCode').required()
  const status = code.integer({ least: 200, most: 599 })
  if (status >= 300 && status < 400) throw code.invalid('a 2XX, 4XX or 5XX code')
  const message = config.at('MessageBody')
  const type = config.at('ContentType')
  const body = Buffer.from(message.isPresent ? message.text({ most: bodyLimitCharacters }) : '')
  const contentType = type.isPresent ? type.oneOf(...contentTypes) : 'text/plain'
  const answer = {
    status,
    phrase: STATUS_CODES[status] ?? 'unknown',
    contentType: `${contentType}; charset=utf-8`,
    body,
  }
  return {
    name: 'fixed-response',
    async answer({ client, stop }) {
      await dropBody(client.upload, stop)
      return ownAnswer(answer)
    },
  }
}
