import { examine, notExamined } from '../doctor/examine.ts'
import { formats } from '../doctor/formats/formats.ts'
import { fails, type Judged, type Report } from '../doctor/formats/report.ts'
import { judgeLoading } from '../doctor/loading.ts'
import { questionsFor } from '../doctor/questions.ts'
import { printableLines } from '../log/printable.ts'
import { createEndpointTarget } from '../targets/endpoint-target.ts'
import {
  type DoctorArguments,
  doctorUsage,
  parseDoctorArguments,
} from './arguments/doctor-options.ts'
import { loadSubject } from './doctor-subject.ts'
import { standardError, standardOutput } from './terminal/output.ts'
import { StartError } from './terminal/start-error.ts'
import { ownVersion } from './version.ts'

/** The command `doctor`: resolves with its exit code. */
export async function doctor(args: readonly string[]): Promise<number> {
  const parsed = parseDoctorArguments(args)
  if (parsed === 'help') {
    standardOutput.write(doctorUsage)
    return 0
  }
  try {
    const report: Report = {
      version: 1,
      tool: { name: 'koa-alb-local', version: await ownVersion() },
      subject: parsed.adapter ?? parsed.invoke ?? parsed.file ?? '',
      node: process.versions.node,
      checks: await (parsed.invoke === undefined
        ? examineFile(parsed)
        : examineEndpoint(parsed.invoke, parsed)),
    }
    standardOutput.write(formats[parsed.format](report))
    return fails(report, parsed.failLevel) ? 1 : 0
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    standardError.write(`${printableLines(error.message)}\n`)
    return 2
  }
}

async function examineEndpoint(url: string, args: DoctorArguments): Promise<readonly Judged[]> {
  const { target, check } = endpointOf(url, args.timeoutMs)
  await check()
  const judged = await examine({ target, questions: questionsOf(args), isProbe: false })
  return [...judged, judgeLoading([], 'the function is elsewhere')]
}

function endpointOf(
  url: string,
  timeoutMs: number,
): { target: ReturnType<typeof createEndpointTarget>; check: () => Promise<void> } {
  try {
    const target = createEndpointTarget(url, ['function'], timeoutMs)
    const check = async (): Promise<void> => {
      const outcome = await target.invoke('{}', { requestId: 'doctor' })
      if ('payload' in outcome || outcome.errorReason === 'LambdaUnhandled') return
      throw new StartError(`--invoke ${url}: ${outcome.detail}`)
    }
    return { target, check }
  } catch (error) {
    throw new StartError(`--invoke: ${error instanceof Error ? error.message : error}`)
  }
}

async function examineFile(args: DoctorArguments): Promise<readonly Judged[]> {
  const { loaded, loadings, close } = await loadSubject(args)
  try {
    const loading = judgeLoading(loadings)
    if (!loaded) return [...notExamined('the function does not load'), loading]
    const isProbe = args.adapter !== undefined
    const judged = await examine({
      target: loaded,
      questions: isProbe ? questionsFor('/') : questionsOf(args),
      isProbe,
    })
    return [...judged, loading]
  } finally {
    await close()
  }
}

function questionsOf({ paths, probes }: DoctorArguments): ReturnType<typeof questionsFor> {
  const all = paths.length > 0 ? paths : ['/']
  const asked = probes.map((probe) => ({ ...probe, about: `${probe.method} ${probe.path}` }))
  return [...all.flatMap(questionsFor), ...asked]
}
