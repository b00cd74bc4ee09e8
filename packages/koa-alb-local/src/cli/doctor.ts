import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formats } from '../doctor/formats/formats.ts'
import { type Examination, fails, findingsIn, type Report } from '../doctor/formats/report.ts'
import { judgeTemplate } from '../doctor/template.ts'
import { printable } from '../log/printable.ts'
import {
  type DoctorArguments,
  doctorUsage,
  parseDoctorArguments,
} from './arguments/doctor-options.ts'
import { orCouldNotRun } from './could-not-run.ts'
import { examineEndpoint, examineFile } from './examination.ts'
import { examineTemplateFunctions, readStacks } from './template-examination.ts'
import { standardOutput } from './terminal/output.ts'
import { ownVersion } from './version.ts'

/** The command `doctor`: resolves with its exit code. */
export async function doctor(args: readonly string[]): Promise<number> {
  const parsed = parseDoctorArguments(args)
  if (parsed !== 'help') return orCouldNotRun(() => report(parsed))
  standardOutput.write(doctorUsage)
  return 0
}

async function report(args: DoctorArguments): Promise<number> {
  const { adapter, file, invoke, template } = args
  const { checks, inits, isWhole } = await examineAll(args)
  const whole: Report = {
    version: 1,
    tool: { name: 'koa-alb-local', version: await ownVersion() },
    subject: adapter ?? invoke ?? file ?? template ?? '',
    node: process.versions.node,
    inits,
    checks: checks.toSorted((a, b) => (a.code < b.code ? -1 : 1)),
  }
  standardOutput.write(formats[args.format](whole))
  if (args.format === 'text' && findingsIn(whole).length > 0) {
    const page = fileURLToPath(new URL('../../docs/doctor.md', import.meta.url))
    standardOutput.write(`docs/doctor.md: ${printable(relative('', page))}\n`)
  }
  if (fails(whole, args.failLevel)) return 1
  return isWhole ? 0 : 2
}

async function examineAll(
  args: DoctorArguments,
): Promise<Examination & { readonly isWhole: boolean }> {
  const { adapter, file, invoke, template } = args
  const read = template === undefined ? undefined : await readStacks(template)
  const examined = await (invoke !== undefined
    ? examineEndpoint(invoke, args)
    : read && adapter === undefined && file === undefined
      ? examineTemplateFunctions(read.stacks, args)
      : examineFile(args))
  return {
    isWhole: true,
    ...examined,
    checks: [...examined.checks, ...(read?.declared ?? judgeTemplate(undefined))],
  }
}
