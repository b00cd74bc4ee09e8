import { changes } from './mark.ts'

interface Operation {
  readonly summary: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: string
  readonly type?: string
  readonly answer?: object
}

// Of the fields whose meaning their names do not say.
const marks = {
  type: 'array',
  description:
    'What is not the same one step on: of the request in the event, of the document in the response',
  items: {
    type: 'object',
    required: ['part', 'path', 'change', 'text'],
    properties: {
      part: { enum: ['request', 'event', 'document', 'response'] },
      path: {
        type: 'array',
        items: { type: ['string', 'integer'] },
        description:
          'Where in that part: `startLine`, `lines` and an index, or the names that lead to it in the event or the document',
      },
      from: { type: 'integer', description: 'the first character that is meant of a start line' },
      to: { type: 'integer', description: 'the character behind the last one' },
      change: { enum: changes },
      text: { type: 'string', description: 'what became of it' },
      key: {
        type: 'string',
        description: 'that of the reason in `why`; absent when it is always so',
      },
    },
  },
}

const secrets = { secrets: '`shown` for the values that are masked else' }

const sendingBody =
  '`id` of an exchange to send once more, and what is to be another: `listener` (name), `method`, `target`, `lines` (`[[name, value]]`), `body` (base64), `multiValueHeaders`'

const operations: Readonly<Record<string, Operation>> = {
  'get /api/exchanges': {
    summary: 'The exchanges that are kept, the newest first',
    query: { after: 'an id: those after it', limit: 'how many, 500 at most' },
  },
  'delete /api/exchanges': { summary: 'Forgets all of them' },
  'get /api/exchanges/{id}': {
    summary: 'Request, rules, event, document, response, differences, time and log of one',
    answer: { type: 'object', properties: { marks } },
  },
  'get /api/exchanges/{id}/masked': {
    summary: 'One value that is masked',
    query: { n: 'the number behind the mask' },
  },
  'get /api/exchanges/{id}/event': { summary: 'Its event', query: secrets },
  'get /api/exchanges/{id}/curl': {
    summary: 'A command of curl',
    query: secrets,
    type: 'text/plain',
  },
  'get /api/exchanges/{id}/test': {
    summary: 'A test with supertest',
    query: { framework: 'vitest, jest or node', ...secrets },
    type: 'text/javascript',
  },
  'get /api/exchanges/{id}/har': { summary: 'HAR 1.2 of one', query: secrets },
  'get /api/har': { summary: 'HAR 1.2 of all that are over', query: secrets },
  'post /api/har': {
    summary:
      'Sends the requests of a HAR: `statuses` of those that were sent, and of each other one `entry` and `problem` in `notSent`',
    body: 'a HAR',
  },
  'post /api/replay': { summary: 'Sends a request to the load balancer', body: sendingBody },
  'post /api/compare': {
    summary: 'Sends a request to the load balancer and to the app itself',
    body: `${sendingBody}, and \`url\`, where the app listens`,
  },
  'get /api/load-balancer': {
    summary: 'Listeners, rules with their hits, target groups with health',
  },
  'get /api/statistics': { summary: 'Count, status and time by second, for ten minutes' },
  'get /api/events': {
    summary:
      'Server-sent events: `exchanges`, a list of those that began or ended; `load-balancer` when it has become another',
    type: 'text/event-stream',
  },
}

/** The description of the API, as OpenAPI 3.1. */
export function openApi(version: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const [name, operation] of Object.entries(operations)) {
    const [method = '', path = ''] = name.split(' ')
    paths[path] = { ...paths[path], [method]: described(path, operation) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'koa-alb-local inspector',
      version,
      description:
        'What a local load balancer did with each request. Begin with /api/exchanges; one with isNotable was changed, refused or failed, and its differences, detail and error say why.',
    },
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    paths,
  }
}

function described(
  path: string,
  { summary, query = {}, body, type = 'application/json', answer }: Operation,
): object {
  const ofPath = path.includes('{id}')
    ? [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }]
    : []
  const ofQuery = Object.entries(query).map(([name, description]) => {
    return { name, in: 'query', description, schema: { type: 'string' } }
  })
  const content = { 'application/json': { schema: { type: 'object', description: body } } }
  return {
    summary,
    parameters: [...ofPath, ...ofQuery],
    ...(body !== undefined && { requestBody: { required: true, content } }),
    responses: {
      200: { description: summary, content: { [type]: answer ? { schema: answer } : {} } },
      default: { description: '`error` says what is wrong', content: { 'application/json': {} } },
    },
  }
}

/** Method and path of each operation, as the API names its routes. */
export const operationNames: readonly string[] = Object.keys(operations)
