import { cookieCases } from './cases/cookies.ts'
import { headerLineCases } from './cases/header-lines.ts'
import { interimCases } from './cases/interim.ts'
import { setHeaderCases } from './cases/set-header.ts'
import { socketCases } from './cases/socket.ts'
import { stageCases } from './cases/stages.ts'
import { statusCases } from './cases/status.ts'
import { streamCases } from './cases/streams.ts'
import { writeHeadCases } from './cases/write-head.ts'
import { writingCases } from './cases/writing.ts'
import type { Case } from './contract.ts'

export const groups: Readonly<Record<string, readonly Case[]>> = {
  writeHead: writeHeadCases,
  'setting headers': setHeaderCases,
  'header lines': headerLineCases,
  cookies: cookieCases,
  status: statusCases,
  writing: writingCases,
  'interim responses and framing': interimCases,
  stages: stageCases,
  streams: streamCases,
  socket: socketCases,
}
