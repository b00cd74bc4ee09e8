import { cookieCases } from './cases/cookies.ts'
import { encodingCases } from './cases/encodings.ts'
import { expressRequestCases } from './cases/express-requests.ts'
import { expressResponseCases } from './cases/express-responses.ts'
import { fileKindCases } from './cases/file-kinds.ts'
import { headerLineCases } from './cases/header-lines.ts'
import { interimCases } from './cases/interim.ts'
import { koaBodyCases } from './cases/koa-bodies.ts'
import { koaContextCases } from './cases/koa-context.ts'
import { koaMiddlewareCases } from './cases/koa-middleware.ts'
import { koaResponseCases } from './cases/koa-responses.ts'
import { orderCases } from './cases/order.ts'
import { proxiedCases } from './cases/proxied.ts'
import { requestBodyCases } from './cases/request-bodies.ts'
import { requestHeaderCases } from './cases/request-headers.ts'
import { setHeaderCases } from './cases/set-header.ts'
import { socketCases } from './cases/socket.ts'
import { stageCases } from './cases/stages.ts'
import { statusCases } from './cases/status.ts'
import { streamCases } from './cases/streams.ts'
import { targetCases } from './cases/targets.ts'
import { writeHeadCases } from './cases/write-head.ts'
import { writingCases } from './cases/writing.ts'
import type { Case } from './contract.ts'

export const groups: Readonly<Record<string, readonly Case[]>> = {
  writeHead: writeHeadCases,
  'setting headers': setHeaderCases,
  'header lines': headerLineCases,
  cookies: cookieCases,
  status: statusCases,
  encodings: encodingCases,
  writing: writingCases,
  'interim responses and framing': interimCases,
  stages: stageCases,
  'order of events': orderCases,
  streams: streamCases,
  socket: socketCases,
  'file kinds': fileKindCases,
  'request target': targetCases,
  'request headers': requestHeaderCases,
  'request bodies': requestBodyCases,
  'Koa bodies': koaBodyCases,
  'Koa responses': koaResponseCases,
  'Koa context': koaContextCases,
  'Koa middleware': koaMiddlewareCases,
  'Express requests': expressRequestCases,
  'Express responses': expressResponseCases,
  'proxied responses': proxiedCases,
}
