import { toGithub } from './github.ts'
import { toJunit } from './junit.ts'
import type { Report } from './report.ts'
import { toSarif } from './sarif.ts'
import { toText } from './text.ts'

export const formatNames = ['text', 'json', 'github', 'sarif', 'junit'] as const

export type FormatName = (typeof formatNames)[number]

export const formats: Readonly<Record<FormatName, (report: Report) => string>> = {
  text: toText,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  github: toGithub,
  sarif: toSarif,
  junit: toJunit,
}
